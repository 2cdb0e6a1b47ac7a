using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Sites;

/// <summary>What is taken where neither the file nor a catalog says anything. Each is an input that says so.</summary>
internal static class Defaults
{
    public static Sourced<Ratio> Utilization { get; } = Assumed(0.4 * Ratio.One, 0.3 * Ratio.One, 0.5 * Ratio.One,
        "large models reach 30 to 50 % of the peak in training", "by recall: PaLM 46 %, Llama 3 38 to 43 %, GPT-3 21 % of the peak");

    /// <summary>Share of the training power that hardware takes while it waits.</summary>
    private const double Idle = 0.3, LeastIdle = 0.1, MostIdle = 0.6;

    public static Sourced<Count> Count { get; } = Assumed(1 * Footprint.Quantities.Count.One, "one, because no count is given");

    public static Sourced<Time> Lifetime { get; } = Assumed(4 * Time.Year, 3 * Time.Year, 6 * Time.Year, "4 years in service, as Cloud Carbon Footprint takes for servers", "BLOOM took 6 years");

    public static Sourced<Time> InterconnectLatency { get; } = Assumed(10 * Time.Microsecond, 1 * Time.Microsecond, 100 * Time.Microsecond, "10 µs inside a site, because none is given", null);

    public static Sourced<Power> IdlePower(Estimate<Power> training) => Assumed(Idle * training.Value, LeastIdle * training.Low, MostIdle * training.High,
        "30 % of the training power while waiting, because none is given", "10 to 60 %: an idle accelerator takes a tenth, one that spins on the network more");

    /// <summary>Nothing, because nothing is given: said, so that a reader can tell a zero that is known from one that is not.</summary>
    public static Sourced<TDimension> NotGiven<TDimension>(string what) where TDimension : IDimension<TDimension> =>
        Assumed(default(Quantity<TDimension>), $"not given: {what} is left out");

    /// <summary>Of a training of which only the time of a step is given.</summary>
    public static Sourced<Count> OneStep { get; } = Assumed(1 * Footprint.Quantities.Count.One, "one, because neither steps nor tokens nor samples are given: all figures are those of one step");

    private static Sourced<TDimension> Assumed<TDimension>(Quantity<TDimension> value, string source) where TDimension : IDimension<TDimension> => Assumed(value, value, value, source, null);

    private static Sourced<TDimension> Assumed<TDimension>(Quantity<TDimension> value, Quantity<TDimension> low, Quantity<TDimension> high, string source, string? note)
        where TDimension : IDimension<TDimension> => new() { Value = value, Low = low, High = high, Origin = new() { Basis = Basis.Assumed, Source = source, Note = note } };
}

using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Analysis;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.Analysis;

/// <summary>Arms whose figures are plain functions of the inputs, so that answers are known in closed form.</summary>
internal static class Synthetic
{
    public static Origin Stated { get; } = new() { Basis = Basis.Assumed, Source = "the test" };

    public static InputTable Table(params (string Path, double Value, double Low, double High)[] inputs)
    {
        InputTable table = new();
        foreach ((string path, double value, double low, double high) in inputs)
        {
            table.Add<Ratio>(path, new Estimate<Ratio>(new(value), new(low), new(high)), Stated);
        }
        return table;
    }

    public static InputTable Bandwidth(double value, string path = "links.a-b.bandwidth")
    {
        InputTable table = new();
        table.Add(path, new Estimate<Bandwidth>(new(value)), Stated);
        return table;
    }

    public delegate double Figure(ReadOnlySpan<double> inputs);

    /// <summary>An arm of this cost; time and carbon are 1 where not given.</summary>
    public static Alternative Arm(string name, Figure cost, Figure? hours = null, Figure? carbonKg = null, string kind = "diloco") => new(name, kind, new Model(cost, hours, carbonKg));

    public sealed class Model(Figure cost, Figure? hours, Figure? carbonKg) : IArmModel
    {
        public IReadOnlyList<Formula> Formulas => [];

        public ArmOutcome Evaluate(ReadOnlySpan<double> inputs) => new()
        {
            WallClockSeconds = 3600 * (hours?.Invoke(inputs) ?? 1),
            ComputeSeconds = 3600,
            Utilization = 1,
            Flops = 1e18,
            ComputeJoules = 3.6e6,
            OverheadJoules = 0,
            LocationBasedGrams = 1000 * (carbonKg?.Invoke(inputs) ?? 1),
            MarketBasedGrams = 1000,
            HardwareDollars = cost(inputs),
        };
    }
}

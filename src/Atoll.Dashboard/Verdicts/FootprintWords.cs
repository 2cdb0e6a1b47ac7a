using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Verdicts;

/// <summary>What a run took, in words and in figures for each gram and dollar. Measured here and modelled for the declared sites are never in one figure.</summary>
internal static class FootprintWords
{
    public static bool HasMeasured(RunResult run) => run.Arms.Any(arm => arm.Footprint?.Measured is not null);

    /// <summary>Where what was metered was metered.</summary>
    public static string Place(RunResult run) => run.Live is null ? "on this machine" : "as metered at the sites";

    public static bool HasModelled(RunResult run) => run.Arms.Any(arm => arm.Footprint?.Modelled is not null);

    /// <summary>The first metric at the end for each unit of a cost; none where lower is better, since a loss is not bought by the gram.</summary>
    /// <param name="cost">In the unit.</param>
    public static string Per(Reading reading, ArmResult arm, double? cost, string unit) =>
        reading.First.HigherIsBetter && reading.Pooled(arm) is { } reached && cost is > 0
            ? $"{Figure.Rate(reached.Value * (reading.First.IsShare ? 100 : 1) / cost.Value)}{(reading.First.IsShare ? " points" : "")}/{unit}"
            : Figure.None;

    /// <summary>Share of the network in all energy.</summary>
    public static double? TransmissionShare(ModelledFootprint? modelled) => modelled is { EnergyKWh.Total: > 0 } m ? m.EnergyKWh.Network / m.EnergyKWh.Total : null;

    public static string RawData(ArmResult arm) => arm.Kind switch
    {
        "centralized" => arm.Footprint?.Modelled is { } modelled ? $"{Figure.Bytes(modelled.BytesMoved)} of training rows leave their sites" : "training rows leave their sites",
        _ => "stay at their sites",
    };

    public static string CoordinatorSees(ArmResult arm) => arm.Kind switch
    {
        "centralized" => "all training rows",
        "local" => "nothing",
        _ => "each site’s updates in the clear",
    };

    /// <summary>How the energy measured here is known.</summary>
    public static IEnumerable<string> Notes(RunResult run)
    {
        var measured = run.Arms.Select(arm => arm.Footprint?.Measured).OfType<MeasuredFootprint>().ToList();
        string[] modelled = [.. measured.SelectMany(m => m.Energy).Where(part => part.Basis != "measured").Select(part => part.Component).Distinct(StringComparer.Ordinal)];
        if (modelled.Length > 0)
        {
            yield return run.Live is null
                ? $"No counter was read for the energy of {Sentence.Join(modelled)} here: {(modelled.Length == 1 ? "it is" : "they are")} modelled."
                : measured.SelectMany(m => m.Energy).Any(part => part.Basis == "measured") ? "Not every site read a counter: a part of the energy is modelled." : "No site read a counter: the energy is modelled.";
        }

        foreach (var note in measured.SelectMany(m => m.Notes).Distinct(StringComparer.Ordinal))
        {
            yield return Sentence.End(note);
        }
    }
}

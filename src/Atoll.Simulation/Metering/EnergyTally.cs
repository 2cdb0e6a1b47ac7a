using Atoll.Footprint.Meters;

namespace Atoll.Simulation.Metering;

/// <summary>What an arm's training has taken so far, as its checkpoint keeps it.</summary>
internal sealed record EnergyTally
{
    public static EnergyTally None { get; } = new();

    /// <summary>Seconds that were metered.</summary>
    public double Seconds { get; init; }

    public IReadOnlyList<TallyPart> Parts { get; init; } = [];

    /// <summary>What meters had to say, each once.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public static EnergyTally Of(Metered metered) => new()
    {
        Seconds = metered.Duration.Value,
        Parts = [.. metered.Parts.Select(part => new TallyPart(part.Component, part.Origin.Basis.ToString().ToLowerInvariant(), part.Origin.Source, part.Energy.Value))],
        Notes = metered.Notes,
    };

    /// <remarks>The same component by another meter, as after one failed, stays apart: measured and modelled energy are not one figure.</remarks>
    public EnergyTally Plus(EnergyTally other) => new()
    {
        Seconds = Seconds + other.Seconds,
        Parts = [.. Parts.Concat(other.Parts).GroupBy(part => (part.Component, part.Basis, part.Source))
            .Select(same => new TallyPart(same.Key.Component, same.Key.Basis, same.Key.Source, same.Sum(part => part.Joules)))],
        Notes = [.. Notes.Union(other.Notes)],
    };
}

/// <param name="Basis"><c>measured</c>, <c>modelled</c> or <c>assumed</c>.</param>
internal sealed record TallyPart(string Component, string Basis, string Source, double Joules);

using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters;

/// <summary>What a stretch of work took on this machine.</summary>
public sealed record Metered
{
    public required Quantity<Time> Duration { get; init; }

    /// <summary>
    /// One for each component that could be told apart (<c>processor</c>, <c>memory</c>, <c>gpu</c>) and each way in which it is known: a component whose meter failed
    /// has one part measured until then and one modelled after. They do not overlap.
    /// </summary>
    public required IReadOnlyList<MeteredPart> Parts { get; init; }

    /// <summary>What a reader must know: a meter that failed on the way and what was used instead.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public Quantity<Energy> Energy => Range.Value;

    /// <summary>With the range over which the sources of its parts disagree.</summary>
    public Estimate<Energy> Range => Parts.Aggregate(default(Estimate<Energy>), (sum, part) => sum + part.Range);
}

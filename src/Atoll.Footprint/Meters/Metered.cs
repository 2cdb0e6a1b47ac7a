using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters;

/// <summary>What a stretch of work took on this machine.</summary>
public sealed record Metered
{
    public required Quantity<Time> Duration { get; init; }

    /// <summary>One for each component that could be told apart (<c>processor</c>, <c>memory</c>, <c>gpu</c>): they do not overlap.</summary>
    public required IReadOnlyList<MeteredPart> Parts { get; init; }

    /// <summary>What a reader must know: a meter that failed on the way and what was used instead.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public Quantity<Energy> Energy => Parts.Aggregate(Quantity<Energy>.Zero, (sum, part) => sum + part.Energy);
}

/// <summary>The energy of one component, and how it is known.</summary>
public sealed record MeteredPart(string Component, Quantity<Energy> Energy, Origin Origin);

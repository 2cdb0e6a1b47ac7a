namespace Atoll.Footprint.Provenance;

/// <summary>Where a figure is from: shown with it on demand.</summary>
public sealed record Origin
{
    public required Basis Basis { get; init; }

    /// <summary>Who says so, in words: <c>Ember, Yearly Electricity Data</c>; <c>the plan file, line 12</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The year that the figure is of.</summary>
    public int? Year { get; init; }

    public string? Url { get; init; }

    /// <summary>What else a reader must know: <c>life cycle, annual average</c>; which of several disagreeing values was taken.</summary>
    public string? Note { get; init; }
}

using Atoll.Learning.Data.Schema;

namespace Atoll.Experiments.Protocol;

/// <summary>What the sites that have enrolled tell of their tables, together: whoever joins next must go together with it.</summary>
public sealed record JoinedTables
{
    /// <summary>The site that enrolled first, by which the others are held against each other.</summary>
    public required string First { get; init; }

    /// <summary>By federated arm.</summary>
    public required IReadOnlyDictionary<string, TableSummary> Summaries { get; init; }
}

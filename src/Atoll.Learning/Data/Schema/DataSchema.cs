namespace Atoll.Learning.Data.Schema;

/// <summary>How a table becomes numbers, the same at every site: a function of all sites' <see cref="TableSummary"/>, in whatever order they came.</summary>
public sealed record DataSchema
{
    /// <summary>The features before encoding, in order.</summary>
    public required IReadOnlyList<SchemaColumn> Columns { get; init; }

    /// <summary>The column to predict.</summary>
    public required string Label { get; init; }

    /// <summary>The label's values in index order; empty for regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The extents of a sample where it is an image; null: one dimension.</summary>
    public IReadOnlyList<int>? Shape { get; init; }
}

/// <summary>A feature before encoding.</summary>
public sealed record SchemaColumn
{
    public required string Name { get; init; }

    /// <summary>The values that are one-hot encoded, in order; null where the column holds numbers.</summary>
    public IReadOnlyList<string>? Levels { get; init; }
}

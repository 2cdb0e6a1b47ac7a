namespace Atoll.Learning.Data.Schema;

/// <summary>A feature before encoding.</summary>
public sealed record SchemaColumn
{
    public required string Name { get; init; }

    /// <summary>The values that are one-hot encoded, in order; null where the column holds numbers.</summary>
    public IReadOnlyList<string>? Levels { get; init; }
}

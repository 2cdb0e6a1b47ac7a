namespace Atoll.Learning.Data.Catalog;

/// <summary>A data set of the catalog, read: either a table with what to make of its columns, or rows that are numbers already.</summary>
public sealed record CatalogData
{
    public Table? Table { get; init; }

    /// <summary>The column to predict, unless the experiment names another.</summary>
    public string? Label { get; init; }

    /// <summary>The column of the natural sites, used when the experiment asks for no partition.</summary>
    public string? Site { get; init; }

    /// <summary>The column of a published train/test split, used with the natural sites when the experiment asks for no test fraction.</summary>
    public string? Split { get; init; }

    /// <summary>Columns of numbers that name a kind, not an amount.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    public Dataset? Images { get; init; }

    /// <summary>How many images at the end are for testing; null when the data set has no split of its own.</summary>
    public int? TestRows { get; init; }
}

namespace Atoll.Learning.Data.Catalog;

/// <summary>A data set of the catalog, read: either a table, or rows that are numbers already; and what to make of it.</summary>
public sealed record CatalogData
{
    public CatalogLayout Layout { get; init; } = new();

    public Table? Table { get; init; }

    public Dataset? Images { get; init; }

    /// <summary>How many images at the end are for testing; null when the data set has no split of its own.</summary>
    public int? TestRows { get; init; }
}

using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Partitioning;

namespace Atoll.Learning.Data;

/// <summary>Makes rows to train on, and their sites, from a table or from images. A pure function of its arguments: same seed, same bytes.</summary>
public static class SitedDatasetBuilder
{
    /// <summary>From a data set of the catalog, which fills in what the preparation leaves open: label, natural sites, categorical columns.</summary>
    /// <exception cref="DataException">The data cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    public static PreparedData Build(CatalogData data, Preparation preparation, IPartition? partition, ulong seed) => data.Table is { } table
        ? Build(table, data.Layout.Fill(preparation, table.Columns, isPartitioned: partition is not null), partition, seed)
        : Build(data.Images!, data.TestRows, preparation, partition, seed);

    /// <summary>From a table, whose sites are a column's values or a partition's.</summary>
    /// <exception cref="DataException">The table cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    public static PreparedData Build(Table table, Preparation preparation, IPartition? partition, ulong seed)
    {
        if ((preparation.Site is null) == (partition is null))
        {
            throw new DataException(partition is null
                ? "Either a site column (data: site) or a partition must say which site a row belongs to, but neither was given."
                : $"Either a site column or a partition must say which site a row belongs to, but both were given (site: {preparation.Site}).");
        }

        // The pooled table tells of itself as a site would, and is encoded by what it tells.
        UsedRows used = UsedRows.Of(table, preparation);
        DataSchema schema = DataSchema.Merge(new Dictionary<string, TableSummary> { [table.Name] = used.Summarize(preparation.Task) }, preparation);
        EncodedRows rows = EncodedRows.Of(used, schema);

        int classes = schema.Classes.Count;
        IReadOnlyList<SiteRows> sites = partition is null
            ? SiteAssignment.Natural([.. used.Rows.Select(row => row.Cells[used.Roles.Site])], rows.IsTest, rows.Targets, classes, preparation.TestFraction, seed)
            : SiteAssignment.Virtual(partition, rows.IsTest, rows.Targets, classes, preparation.TestFraction, seed);
        if (partition is null && classes > 0 && preparation.OneClassSites == OneClassSites.Refuse)
        {
            SiteAssignment.RequireTwoClasses(sites, rows.Targets, schema.Classes);
        }
        return Scaled.Of(rows, sites, preparation, partition, seed);
    }

    /// <summary>From rows that are numbers already, such as images. The features are shared where nothing changes them, else copied.</summary>
    /// <param name="testRows">How many rows at the end are for testing; null: a fraction of each site's rows is.</param>
    /// <exception cref="DataException">The preparation asks for something that only a table has, or there is no partition.</exception>
    public static PreparedData Build(Dataset data, int? testRows, Preparation preparation, IPartition? partition, ulong seed)
    {
        if (preparation.ImageMisfit() is { } misfit)
        {
            throw new DataException(misfit);
        }
        if (partition is null)
        {
            throw new DataException("A partition must say how to spread the rows over sites: this data has no sites of its own.");
        }
        if (testRows is not null && preparation.TestFraction is not null)
        {
            throw new DataException($"test-fraction must be left out: this data comes with its own {testRows} test rows.");
        }

        bool[]? isTest = testRows is null ? null : [.. Enumerable.Range(0, data.Rows).Select(row => row >= data.Rows - testRows)];
        IReadOnlyList<SiteRows> sites = SiteAssignment.Virtual(partition, isTest, data.Targets, data.Classes.Count, preparation.TestFraction, seed);
        return Scaled.Of(data, sites, preparation, partition, seed, hasSplit: testRows is not null);
    }
}

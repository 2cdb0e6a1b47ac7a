using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Partitioning;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Data;

/// <summary>Makes rows to train on, and their sites, from a table or from images. A pure function of its arguments: same seed, same bytes.</summary>
public static class SitedDatasetBuilder
{
    /// <summary>From a data set of the catalog, which fills in what the preparation leaves open: label, natural sites, categorical columns.</summary>
    /// <exception cref="DataException">The data cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    public static PreparedData Build(CatalogData data, Preparation preparation, IPartition? partition, ulong seed)
    {
        if (data.Table is null)
        {
            return Build(data.Images!, data.TestRows, preparation, partition, seed);
        }
        preparation = preparation with { Label = preparation.Label ?? data.Label };
        if (data.Site is not null && preparation.Site is null)
        {
            // With a partition the natural site is neither needed nor a property to learn from.
            preparation = partition is null ? preparation with { Site = data.Site }
                : preparation.Features is null ? preparation with { Ignore = [.. (preparation.Ignore ?? []).Append(data.Site).Distinct()] } : preparation;
        }
        if (data.Split is not null && preparation.Split is null)
        {
            preparation = partition is null && preparation.TestFraction is null ? preparation with { Split = data.Split }
                : preparation.Features is null ? preparation with { Ignore = [.. (preparation.Ignore ?? []).Append(data.Split).Distinct()] } : preparation;
        }
        IEnumerable<string> used = (preparation.Features ?? data.Table.Columns)
            .Except([.. preparation.Ignore ?? [], preparation.Label!, preparation.Site ?? "", preparation.Split ?? ""]);
        return Build(data.Table, preparation with { Categorical = preparation.Categorical ?? [.. data.Categorical.Intersect(used)] }, partition, seed);
    }

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

        ColumnRoles roles = ColumnRoles.Of(table, preparation);
        IReadOnlyList<TableRow> rows = CompleteRows.Of(table, roles, preparation.Missing);
        LabelColumn label = LabelColumn.Of(table, rows, roles.Label, preparation.Task);
        FeatureMatrix features = FeatureMatrix.Of(table, rows, roles, preparation.DropFirst);
        bool[]? isTest = roles.Split < 0 ? null : IsTest(rows, roles.Split, table.Columns[roles.Split]);

        int classes = label.Classes.Count;
        IReadOnlyList<SiteRows> sites = partition is null
            ? SiteAssignment.Natural([.. rows.Select(row => row.Cells[roles.Site])], isTest, label.Targets, classes, preparation.TestFraction, seed)
            : SiteAssignment.Virtual(partition, isTest, label.Targets, classes, preparation.TestFraction, seed);
        if (partition is null && classes > 0 && preparation.OneClassSites == OneClassSites.Refuse)
        {
            SiteAssignment.RequireTwoClasses(sites, label.Targets, label.Classes);
        }

        Standardization standardize = preparation.Standardize ?? Standardization.PerSite;
        FeatureScaling.FillMissing(features, sites, standardize);
        FeatureScaling.Apply(features.Values, features.Columns, places: 1, sites, standardize, preparation.StandardizeTest ?? standardize);
        float[] values = Array.ConvertAll(features.Values, value => (float)value);
        AddNoise(partition, sites, values, features.Columns, seed);
        Dataset data = new(new Shape(features.Columns), values, label.Targets, label.Classes);
        return new PreparedData(new SitedDataset(data, sites), features.Names, table.Rows.Count - rows.Count, Used(preparation, standardize, hasSplit: isTest is not null)) { RowBytes = [.. rows.Select(row => row.Bytes)] };
    }

    /// <summary>From rows that are numbers already, such as images. The features are shared where nothing changes them, else copied.</summary>
    /// <param name="testRows">How many rows at the end are for testing; null: a fraction of each site's rows is.</param>
    /// <exception cref="DataException">The preparation asks for something that only a table has, or there is no partition.</exception>
    public static PreparedData Build(Dataset data, int? testRows, Preparation preparation, IPartition? partition, ulong seed)
    {
        string? column = preparation switch
        {
            { Label: not null } => "label",
            { Site: not null } => "site",
            { Split: not null } => "split",
            { Ignore: not null } => "ignore",
            { Features: not null } => "features",
            { Categorical: not null } => "categorical",
            { Task: LabelTask.Regression } => "task: regression",
            { DropFirst: true } => "drop-first",
            _ => null,
        };
        if (column is not null)
        {
            throw new DataException($"{column} must be left out for images, which have no columns to choose from.");
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

        Standardization standardize = preparation.Standardize ?? Standardization.None, testing = preparation.StandardizeTest ?? standardize;
        if (standardize != Standardization.None || testing != Standardization.None || partition is FeatureNoise)
        {
            data = new Dataset(data.Sample, [.. data.Features], data.Targets, data.Classes);
            FeatureScaling.Apply(data.Features, data.Sample.Channels, data.Sample.Size / data.Sample.Channels, sites, standardize, testing);
            AddNoise(partition, sites, data.Features, data.Sample.Size, seed);
        }
        return new PreparedData(new SitedDataset(data, sites), [], 0, Used(preparation, standardize, hasSplit: testRows is not null)) { RowBytes = [.. Enumerable.Repeat(data.Sample.Size + 1, data.Rows)] };
    }

    private static Preparation Used(Preparation preparation, Standardization standardize, bool hasSplit) => preparation with
    {
        Standardize = standardize,
        StandardizeTest = preparation.StandardizeTest ?? standardize,
        TestFraction = hasSplit ? null : preparation.TestFraction ?? SiteAssignment.DefaultTestFraction,
    };

    /// <summary>A stream for each row, so that a row's noise does not depend on which other rows there are.</summary>
    private static void AddNoise(IPartition? partition, IReadOnlyList<SiteRows> sites, float[] features, int columns, ulong seed)
    {
        if (partition is FeatureNoise noise)
        {
            for (int site = 0; site < sites.Count; site++)
            {
                foreach (int row in sites[site].Train.Concat(sites[site].Test))
                {
                    noise.AddNoise(site, features.AsSpan(row * columns, columns), new Philox(seed, Purpose.FeatureNoise, site, row));
                }
            }
        }
    }

    private static bool[] IsTest(IReadOnlyList<TableRow> rows, int column, string name) => [.. rows.Select(row => row.Cells[column] switch
    {
        "train" => false,
        "test" => true,
        string other => throw new DataException($"{row}: split column '{name}' must be 'train' or 'test', but is '{other}'."),
    })];
}

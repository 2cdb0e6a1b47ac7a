using Atoll.Learning.Partitioning;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Data;

/// <summary>The last steps of preparing rows whose sites are known: missing values, scaling, noise.</summary>
internal static class Scaled
{
    public static PreparedData Of(EncodedRows rows, IReadOnlyList<SiteRows> sites, Preparation preparation, IPartition? partition, ulong seed)
    {
        FeatureMatrix features = rows.Features;
        Standardization standardize = preparation.Standardize ?? Standardization.PerSite;
        FeatureScaling.FillMissing(features, sites, standardize);
        FeatureScaling.Apply(features.Values, features.Columns, places: 1, sites, standardize, preparation.StandardizeTest ?? standardize);
        float[] values = Array.ConvertAll(features.Values, value => (float)value);
        AddNoise(partition, sites, values, features.Columns, seed);
        Dataset data = new(new Shape(features.Columns), values, rows.Targets, rows.Schema.Classes);
        return new PreparedData(new SitedDataset(data, sites), features.Names, rows.Used.Dropped, Used(preparation, standardize, hasSplit: rows.IsTest is not null))
        {
            RowBytes = [.. rows.Used.Rows.Select(row => row.Bytes)],
        };
    }

    /// <summary>Of images. The features are shared where nothing changes them, else copied.</summary>
    public static PreparedData Of(Dataset data, IReadOnlyList<SiteRows> sites, Preparation preparation, IPartition? partition, ulong seed, bool hasSplit)
    {
        Standardization standardize = preparation.Standardize ?? Standardization.None, testing = preparation.StandardizeTest ?? standardize;
        if (standardize != Standardization.None || testing != Standardization.None || partition is FeatureNoise)
        {
            data = new Dataset(data.Sample, [.. data.Features], data.Targets, data.Classes);
            FeatureScaling.Apply(data.Features, data.Sample.Channels, data.Sample.Size / data.Sample.Channels, sites, standardize, testing);
            AddNoise(partition, sites, data.Features, data.Sample.Size, seed);
        }
        return new PreparedData(new SitedDataset(data, sites), [], 0, Used(preparation, standardize, hasSplit)) { RowBytes = [.. Enumerable.Repeat(data.Sample.Size + 1, data.Rows)] };
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
}

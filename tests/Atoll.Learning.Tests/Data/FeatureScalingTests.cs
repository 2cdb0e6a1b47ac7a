using Atoll.Learning.Data;
using Atoll.Learning.Partitioning;

namespace Atoll.Learning.Tests.Data;

public sealed class FeatureScalingTests
{
    /// <summary>
    /// Training values 1, 2, 3, 4 (mean 2.5, deviation √(5/3)) at site a and 10, 20, 30, 40 (mean 25, deviation √(500/3)) at site b; one test row of
    /// each equals its site's mean. Pooled: mean 13.75.
    /// </summary>
    [Fact]
    public void Test_rows_can_be_scaled_by_their_own_site_while_training_rows_are_scaled_pooled()
    {
        float[] values = [1, 2, 3, 4, 2.5f, 10, 20, 30, 40, 25];
        SiteRows[] sites = [new("a", [0, 1, 2, 3], [4]), new("b", [5, 6, 7, 8], [9])];

        FeatureScaling.Apply(values, columns: 1, places: 1, sites, training: Standardization.Pooled, testing: Standardization.PerSite);

        values[4].ShouldBe(0);
        values[9].ShouldBe(0);
        double pooledDeviation = Math.Sqrt(new double[] { 1, 2, 3, 4, 10, 20, 30, 40 }.Sum(x => (x - 13.75) * (x - 13.75)) / 7);
        values[0].ShouldBe((float)((1 - 13.75) / pooledDeviation), 1e-6f);
        values[8].ShouldBe((float)((40 - 13.75) / pooledDeviation), 1e-6f);
    }

    /// <summary>Two rows of 1 × 2 places with two channels: channel 0 holds 1, 3, 5, 7 (mean 4, deviation √(20/3)), channel 1 always 9.</summary>
    [Fact]
    public void Images_are_standardized_by_channel_over_all_their_places()
    {
        float[] values = [1, 9, 3, 9, 5, 9, 7, 9];

        FeatureScaling.Apply(values, columns: 2, places: 2, [new SiteRows("a", [0, 1], [])], Standardization.Pooled, Standardization.Pooled);

        float one = (float)(1 / Math.Sqrt(20.0 / 3));
        values.ShouldBe([-3 * one, 0, -one, 0, one, 0, 3 * one, 0], tolerance: 1e-6);
    }

    [Fact]
    public void Pixels_of_the_catalogs_digits_end_with_mean_0_and_deviation_1()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        SitedDataset sited = SitedDatasetBuilder.Build(
            Atoll.Learning.Data.Catalog.DataCatalog.Find("digits").Load(new(folder)), new Preparation { Standardize = Standardization.Pooled }, new Iid { Sites = 3 }, seed: 1).Sited;

        double[] training = [.. sited.Sites.SelectMany(site => site.Train).SelectMany(row => sited.Data.Row(row).ToArray()).Select(x => (double)x)];
        training.Average().ShouldBe(0, 1e-6);
        training.Average(x => x * x).ShouldBe(1, 1e-4);
    }
}

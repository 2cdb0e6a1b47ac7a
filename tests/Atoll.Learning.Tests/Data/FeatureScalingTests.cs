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

    /// <summary>A running sum of 0.1 is off by 10⁻⁸ after 100,000 rows: the mean must not be, or rounding becomes a feature.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(-1e9 / 3)]
    public void A_constant_of_many_rows_becomes_0_and_leaves_other_test_values_unscaled(double constant)
    {
        const int rows = 200_000;
        double[] values = [.. Enumerable.Repeat(constant, rows), constant + 1];
        SiteRows site = new("a", [.. Enumerable.Range(0, rows)], [rows]);

        FeatureScaling.Apply(values, columns: 1, places: 1, [site], Standardization.Pooled, Standardization.Pooled);

        values.AsSpan(0, rows).ContainsAnyExcept(0.0).ShouldBeFalse();
        values[rows].ShouldBe(constant + 1 - constant);
    }

    /// <summary>Every other value is higher by 2⁻⁴⁰: mean in the middle, deviation 2⁻⁴¹ √(n/(n − 1)).</summary>
    [Fact]
    public void A_feature_that_hardly_varies_is_standardized_by_how_it_varies()
    {
        const int rows = 200_000;
        double[] values = [.. Enumerable.Range(0, rows).Select(row => 0.1 + (row % 2 * Math.ScaleB(1, -40)))];

        FeatureScaling.Apply(values, columns: 1, places: 1, [new SiteRows("a", [.. Enumerable.Range(0, rows)], [])], Standardization.Pooled, Standardization.Pooled);

        double expected = Math.Sqrt((rows - 1.0) / rows);
        values.Index().ShouldAllBe(v => Math.Abs(v.Item - (v.Index % 2 == 0 ? -expected : expected)) < 1e-12);
    }

    [Fact]
    public void A_constant_channel_of_many_images_becomes_0_beside_one_that_varies()
    {
        const int rows = 100_000, places = 4;
        float[] values = [.. Enumerable.Range(0, rows * places).SelectMany(place => (float[])[0.1f, place % 2])];

        FeatureScaling.Apply(values, columns: 2, places, [new SiteRows("a", [.. Enumerable.Range(0, rows)], [])], Standardization.Pooled, Standardization.Pooled);

        values.Where((_, i) => i % 2 == 0).ShouldAllBe(x => x == 0);
        values.Where((_, i) => i % 2 == 1).Index().ShouldAllBe(v => Math.Abs(v.Item - (v.Index % 2 == 0 ? -1 : 1)) < 1e-5);
    }

    [Fact]
    public void A_constant_with_gaps_is_filled_with_itself()
    {
        const int rows = 100_000;
        double[] values = [.. Enumerable.Range(0, rows).Select(row => row % 3 == 0 ? double.NaN : 0.1)];
        FeatureMatrix features = new(["x"], values);

        FeatureScaling.FillMissing(features, [new SiteRows("a", [.. Enumerable.Range(0, rows)], [])], Standardization.Pooled);

        features.Values.ShouldAllBe(x => x == 0.1);
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

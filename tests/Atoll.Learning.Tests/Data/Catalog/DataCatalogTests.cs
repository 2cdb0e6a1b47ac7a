using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Partitioning;
using MathNet.Numerics.Statistics;

namespace Atoll.Learning.Tests.Data.Catalog;

public sealed class DataCatalogTests : IDisposable
{
    // FLamby's set-up (du Terrail et al. 2022): what is dropped, what is one-hot, whose z-scores, which share is for testing.
    private static readonly Preparation Flamby = new()
    {
        Ignore = ["slope", "ca", "thal"],
        Missing = MissingValues.DropRow,
        Categorical = ["cp", "restecg"],
        DropFirst = true,
        TestFraction = 0.34,
        Standardize = Standardization.PerSite,
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atoll-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Digits_come_with_the_program()
    {
        CatalogEntry entry = DataCatalog.Find("digits");

        CatalogData data = entry.Load(new CatalogCache(_folder.FullName));

        // Counts of each digit as published with the data set (optdigits.names, test part).
        data.Images!.Sample.ShouldBe(new Shape(8, 8, 1));
        data.Images.Targets.CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value).ShouldBe([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
        data.Images.Features.Min().ShouldBe(0);
        data.Images.Features.Max().ShouldBe(1);
        data.Images.Row(0)[..8].ToArray().ShouldBe([0, 0, 5 / 16f, 13 / 16f, 9 / 16f, 1 / 16f, 0, 0]);
        entry.Rows.ShouldBe(data.Images.Rows);
    }

    [Fact]
    public void Digits_are_spread_over_sites_row_by_row()
    {
        PreparedData data = SitedDatasetBuilder.Build(
            DataCatalog.Find("digits").Load(new CatalogCache(_folder.FullName)), new Preparation(), new Dirichlet { Sites = 10, Alpha = 0.5 }, 7);

        data.Sited.Sites.Count.ShouldBe(10);
        data.Sited.Sites.SelectMany(site => site.Train.Concat(site.Test)).Order().ShouldBe(Enumerable.Range(0, 1797));
        data.Sited.Sites.ShouldAllBe(site => site.Train.Length > 0 && site.Test.Length == (int)Math.Ceiling(0.2m * (site.Train.Length + site.Test.Length)));
    }

    [Theory]
    // Recorded when this was written, with and without hardware intrinsics: a change is a change of the numeric contract.
    [InlineData("dirichlet", "4b4aa823bad6d35134e9441a63738c1dca7e8459050c2f32d6156289135634e6")]
    [InlineData("feature-noise", "91678e29d8e2716e0efa3a904a9561d37e49bbd4d84387d3c447e9bd8e9e465d")]
    public void One_seed_gives_the_same_sites_and_bytes_on_every_machine(string kind, string sha256)
    {
        IPartition partition = kind == "dirichlet" ? new Dirichlet { Sites = 10, Alpha = 0.5 } : new FeatureNoise { Sites = 10, Sigma = 0.1 };

        SitedDataset sited = SitedDatasetBuilder.Build(
            DataCatalog.Find("digits").Load(new CatalogCache(_folder.FullName)), new Preparation { Standardize = Standardization.PerSite }, partition, 7).Sited;

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(sited.Data.Features.AsSpan()));
        foreach (SiteRows site in sited.Sites)
        {
            hash.AppendData(MemoryMarshal.AsBytes(site.Train.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(site.Test.AsSpan()));
        }
        Convert.ToHexStringLower(hash.GetHashAndReset()).ShouldBe(sha256);
    }

    [SkippableFact]
    public async Task Heart_disease_is_flambys_740_rows_of_13_features_in_four_centers()
    {
        PreparedData data = SitedDatasetBuilder.Build(await HeartDiseaseAsync(), Flamby, null, 1);

        data.Sited.Sites.Select(site => (site.Name, site.Train.Length + site.Test.Length)).ShouldBe([("Cleveland", 303), ("Hungary", 261), ("Switzerland", 46), ("Long Beach", 130)]);
        data.Sited.Sites.Select(site => site.Train.Length).ShouldBe([199, 172, 30, 85]); // FLamby's table of training sizes
        data.DroppedRows.ShouldBe(920 - 740);
        data.Features.ShouldBe(["age", "sex", "cp=2", "cp=3", "cp=4", "trestbps", "chol", "fbs", "restecg=1", "restecg=2", "thalach", "exang", "oldpeak"]);
        data.Sited.Data.Classes.ShouldBe(["0", "1"]);
    }

    [SkippableFact]
    public async Task Heart_disease_splits_every_center_with_every_seed()
    {
        CatalogData heart = await HeartDiseaseAsync();
        for (ulong seed = 0; seed < 20; seed++)
        {
            PreparedData data = SitedDatasetBuilder.Build(heart, Flamby, null, seed);

            // Switzerland's one healthy patient stays in training, so no seed is refused for a site of one class.
            data.Sited.Sites[2].Train.Count(row => data.Sited.Data.Targets[row] == 0).ShouldBe(1);
        }
    }

    [SkippableFact]
    public async Task Heart_disease_features_are_z_scores_of_their_own_centers_training_rows()
    {
        PreparedData data = SitedDatasetBuilder.Build(await HeartDiseaseAsync(), Flamby, null, 1);
        PreparedData raw = SitedDatasetBuilder.Build(await HeartDiseaseAsync(), Flamby with { Standardize = Standardization.None }, null, 1);

        foreach (SiteRows site in data.Sited.Sites)
        {
            for (int column = 0; column < 13; column++)
            {
                // Mean and sample deviation by MathNet, as torch's std.
                double[] train = [.. site.Train.Select(row => (double)raw.Sited.Data.Row(row)[column])];
                double mean = train.Mean(), deviation = train.StandardDeviation();
                foreach (int row in site.Train.Concat(site.Test))
                {
                    double expected = (raw.Sited.Data.Row(row)[column] - mean) / (deviation == 0 ? 1 : deviation);
                    ((double)data.Sited.Data.Row(row)[column]).ShouldBe(expected, 1e-5);
                }
            }
        }
    }

    [SkippableFact]
    public async Task Without_dropping_the_first_value_heart_disease_has_15_features_and_a_partition_leaves_the_center_out()
    {
        PreparedData data = SitedDatasetBuilder.Build(await HeartDiseaseAsync(), Flamby with { DropFirst = false, Categorical = null }, new Iid { Sites = 5 }, 1);

        data.Features.Count.ShouldBe(15);
        data.Features.ShouldNotContain(name => name.StartsWith("center", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest() =>
        Should.Throw<DataException>(() => DataCatalog.Find("minst")).Message.ShouldBe(
            "The catalog has no data set 'minst'; did you mean 'mnist'? It has: digits, breast-cancer, heart-disease, mnist, fashion-mnist.");

    [Fact]
    public void Every_entry_says_what_it_is_and_every_file_where_it_comes_from()
    {
        DataCatalog.Entries.Select(entry => entry.Name).ShouldBeUnique();
        DataCatalog.Entries.ShouldAllBe(entry => entry.Licence.Length > 0 && entry.Citation.Length > 0 && entry.Description.EndsWith('.'));
        DataCatalog.Entries.SelectMany(entry => entry.Files).ShouldAllBe(file => file.Sources.Count > 0 && file.Bytes > 0 && file.Sha256.Length == 64);
    }

    [Theory]
    [InlineData("label")]
    [InlineData("site")]
    [InlineData("features")]
    public void Images_have_no_columns_to_choose_from(string setting)
    {
        Preparation preparation = setting switch { "label" => new() { Label = "digit" }, "site" => new() { Site = "x" }, _ => new() { Features = ["x"] } };

        Should.Throw<DataException>(() => SitedDatasetBuilder.Build(DataCatalog.Find("digits").Load(new CatalogCache(_folder.FullName)), preparation, new Iid { Sites = 2 }, 1)).Message
            .ShouldBe($"{setting} must be left out for images, which have no columns to choose from.");
    }

    private async Task<CatalogData> HeartDiseaseAsync()
    {
        string from = SharedFolder.Find(Path.Combine("data", "heart-disease"));
        CatalogCache cache = new(_folder.FullName);
        await cache.GetAsync(DataCatalog.Find("heart-disease"), from, null, CancellationToken.None);
        return DataCatalog.Find("heart-disease").Load(cache);
    }
}

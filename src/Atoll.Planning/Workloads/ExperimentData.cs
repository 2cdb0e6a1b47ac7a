using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Data.Schema;

namespace Atoll.Planning.Workloads;

/// <summary>Finds, reads and prepares the rows that an arm trains on.</summary>
public static class ExperimentData
{
    /// <param name="dataFolder">The catalog's cache; the platform's when null.</param>
    /// <exception cref="DataException">The data is not there, or cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    public static PreparedData Load(Arm arm, ulong seed, string? dataFolder = null)
    {
        if (arm.Data.Catalog is { } name)
        {
            CatalogCache cache = dataFolder is null ? CatalogCache.Default() : new(dataFolder);
            return SitedDatasetBuilder.Build(DataCatalog.Find(name).Load(cache), arm.Data, arm.Partition, seed);
        }
        return SitedDatasetBuilder.Build(CsvFile.Read(arm.Data.Csv!), arm.Data, arm.Partition, seed);
    }

    /// <summary>The arm's rows taken apart, one table a site and named by it: what each site would hold if the run were across machines.</summary>
    /// <param name="dataFolder">The catalog's cache; the platform's when null.</param>
    /// <exception cref="DataException">The data is not there, or cannot be used as asked.</exception>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    public static IEnumerable<Table> Apart(Arm arm, ulong seed, string? dataFolder = null) => arm.Data.Catalog is { } name
        ? SiteTables.Of(DataCatalog.Find(name).Load(dataFolder is null ? CatalogCache.Default() : new(dataFolder)), arm.Data, arm.Partition, seed)
        : SiteTables.Of(CsvFile.Read(arm.Data.Csv!), arm.Data, arm.Partition, seed);

    /// <summary>Where the rows are from: a catalog entry's title, licence and citation, or the names of one's own files.</summary>
    /// <exception cref="DataException">The catalog has no such data set.</exception>
    public static string SourceOf(DataSettings data)
    {
        if (data.Catalog is null)
        {
            return string.Join(", ", data.Csv!.Select(Path.GetFileName));
        }
        CatalogEntry entry = DataCatalog.Find(data.Catalog);
        return $"{entry.Title}. {entry.Citation}. Licence: {entry.Licence}.";
    }

    /// <summary>What a reader should know about the rows and their sites.</summary>
    /// <param name="source">Where the rows are from (<see cref="SourceOf"/>).</param>
    public static DataFacts Facts(PreparedData prepared, string? source = null)
    {
        Dataset data = prepared.Sited.Data;
        return new DataFacts
        {
            Task = data.IsClassification ? "classification" : "regression",
            Classes = data.Classes,
            UntrainedClasses = Untrained(prepared.Sited) is { Length: > 0 } untrained ? untrained : null,
            Features = data.Sample.Size,
            Source = source,
            DroppedRows = prepared.DroppedRows,
            Sites = [.. prepared.Sited.Sites.Select(site => Facts(site, data))],
        };
    }

    private static string[] Untrained(SitedDataset sited)
    {
        HashSet<int> trained = sited.Data.IsClassification ? [.. sited.Sites.SelectMany(site => site.Train).Select(row => (int)sited.Data.Targets[row])] : [];
        return [.. sited.Data.Classes.Where((_, index) => !trained.Contains(index))];
    }

    private static SiteFacts Facts(SiteRows site, Dataset data)
    {
        Dictionary<string, int> labels = data.Classes.ToDictionary(name => name, _ => 0);
        if (data.IsClassification)
        {
            foreach (int row in site.Train.Concat(site.Test))
            {
                labels[data.Classes[(int)data.Targets[row]]]++;
            }
        }
        return new SiteFacts { Name = site.Name, TrainRows = site.Train.Length, TestRows = site.Test.Length, Labels = labels };
    }
}

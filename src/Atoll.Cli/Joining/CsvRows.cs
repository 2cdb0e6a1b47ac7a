using Atoll.Client.Live;
using Atoll.Experiments;
using Atoll.Experiments.Live;
using Atoll.Experiments.Protocol;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Cli.Joining;

/// <summary>A site's rows from its CSV files.</summary>
internal sealed class CsvRows : ISiteRows
{
    private readonly SiteData _data;
    private readonly IReadOnlyDictionary<string, DataSchema> _own;

    private CsvRows(SiteData data, IReadOnlyDictionary<string, DataSchema> own) => (_data, _own) = (data, own);

    public IReadOnlyDictionary<string, TableSummary> Summaries => _data.Summaries;

    /// <exception cref="DataException">The data does not fit: the message names arm, file, line and column.</exception>
    public static CsvRows Read(RunDescription description, IReadOnlyList<string> files)
    {
        SiteData data = SiteData.Read(description, files);
        Experiment experiment = ExperimentFile.Parse(description.Experiment, "the run's experiment", Path.GetFullPath("."));
        return new(data, LiveArms.Schemas(experiment, new Dictionary<string, IReadOnlyDictionary<string, TableSummary>> { [data.Site] = data.Summaries }));
    }

    public (Shape Sample, int Classes) OwnShape(string arm) => (_own[arm].Sample(), _own[arm].Classes.Count);

    public IReadOnlyDictionary<string, SitedDataset> Prepare(IReadOnlyDictionary<string, DataSchema> schemas) => _data.Prepare(schemas).ToDictionary(arm => arm.Key, arm => arm.Value.Sited);
}

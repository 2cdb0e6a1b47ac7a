using Atoll.Client.Live;
using Atoll.Experiments.Live;
using Atoll.Experiments.Protocol;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Cli.Joining;

/// <summary>A site's rows from its CSV files.</summary>
internal sealed class CsvRows(SiteData data) : ISiteRows
{
    public int Count => data.Table.Rows.Count;

    public IReadOnlyDictionary<string, TableSummary> Summaries => data.Summaries;

    /// <exception cref="DataException">The data does not fit: the message names arm, file, line and column.</exception>
    public static CsvRows Read(RunDescription description, IReadOnlyList<string> files) => new(SiteData.Read(description, files));

    public (Shape Sample, int Classes) OwnShape(string arm) => data.Least(arm);

    public IReadOnlyDictionary<string, SitedDataset> Prepare(IReadOnlyDictionary<string, DataSchema> schemas) => data.Prepare(schemas).ToDictionary(arm => arm.Key, arm => arm.Value.Sited);
}

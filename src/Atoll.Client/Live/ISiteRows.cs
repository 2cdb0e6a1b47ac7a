using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Client.Live;

/// <summary>A site's own rows, held against the experiment that the site is invited to.</summary>
public interface ISiteRows
{
    int Count { get; }

    /// <summary>All that is told of them before training, by federated arm.</summary>
    IReadOnlyDictionary<string, TableSummary> Summaries { get; }

    /// <summary>What a row would be for an arm if there were no other sites: from which the size of its model is estimated.</summary>
    /// <returns>The shape of a sample, and how many classes there are; 0 for regression.</returns>
    (Shape Sample, int Classes) OwnShape(string arm);

    /// <summary>The rows by arm, encoded as all sites agreed: a data set with one site each. Arms that prepare their rows alike share them.</summary>
    /// <exception cref="DataException">The rows do not fit a schema.</exception>
    IReadOnlyDictionary<string, SitedDataset> Prepare(IReadOnlyDictionary<string, DataSchema> schemas);
}

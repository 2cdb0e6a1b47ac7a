namespace Atoll.Learning.Data;

/// <summary>What an experiment trains on: the data set and its sites.</summary>
public sealed record SitedDataset(Dataset Data, IReadOnlyList<SiteRows> Sites);

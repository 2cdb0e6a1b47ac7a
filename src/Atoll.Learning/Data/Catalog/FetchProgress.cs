namespace Atoll.Learning.Data.Catalog;

/// <summary>How far getting a file has come.</summary>
/// <param name="Source">Where from; null when the file was in the cache already.</param>
public sealed record FetchProgress(CatalogFile File, long Bytes, FileSource? Source);

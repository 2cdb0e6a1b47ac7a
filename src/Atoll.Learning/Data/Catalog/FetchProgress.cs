namespace Atoll.Learning.Data.Catalog;

/// <summary>How far getting a file has come.</summary>
/// <param name="Source">Where from; null when the file was in the cache already.</param>
/// <param name="Verified">Whether the whole file is in the cache now and is right.</param>
public sealed record FetchProgress(CatalogFile File, long Bytes, FileSource? Source, bool Verified);

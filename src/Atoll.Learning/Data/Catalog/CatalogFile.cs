namespace Atoll.Learning.Data.Catalog;

/// <summary>One file of a data set, known by its bytes, and where it can be had.</summary>
/// <param name="Sha256">Of the file as stored (unpacked), in lower-case hexadecimal digits.</param>
/// <param name="Sources">Tried in this order.</param>
public sealed record CatalogFile(string Name, long Bytes, string Sha256, IReadOnlyList<FileSource> Sources);

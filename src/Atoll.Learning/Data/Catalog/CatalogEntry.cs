namespace Atoll.Learning.Data.Catalog;

/// <summary>A data set that Atoll knows: what it is, what may be done with it, and how to get it.</summary>
public sealed record CatalogEntry
{
    /// <summary>As written after <c>catalog:</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>What a row is, what is to be predicted, and how the columns are to be understood.</summary>
    public required string Description { get; init; }

    public required string Licence { get; init; }

    public required string Citation { get; init; }

    public required int Rows { get; init; }

    /// <summary>Rows by numbers a row, in words.</summary>
    public required string Size { get; init; }

    /// <summary>What it is like, known before its files are here.</summary>
    public required CatalogLayout Layout { get; init; }

    public required IReadOnlyList<CatalogFile> Files { get; init; }

    /// <summary>Makes the data set of its files' verified bytes, which stand in the order of <see cref="Files"/>.</summary>
    public required Func<IReadOnlyList<Func<byte[]>>, CatalogData> Read { get; init; }

    /// <exception cref="DataException">A file is not in the cache, or is not what it must be.</exception>
    public CatalogData Load(CatalogCache cache) => Read([.. Files.Select(file => (Func<byte[]>)(() => cache.Read(this, file)))]) with { Layout = Layout };
}

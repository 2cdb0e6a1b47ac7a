namespace Atoll.Learning.Data.Catalog;

/// <summary>A place where a file can be had.</summary>
public abstract record FileSource
{
    /// <summary>What it is, for people.</summary>
    public abstract string Description { get; }

    /// <summary>Opens the file as it is to be stored (unpacked). What comes out is verified by the caller.</summary>
    /// <exception cref="IOException">It cannot be had there; the message says why.</exception>
    /// <exception cref="HttpRequestException">The same, of an address.</exception>
    /// <exception cref="InvalidDataException">The archive it is in is damaged.</exception>
    internal abstract Task<Stream> OpenAsync(FetchSession session, CancellationToken cancellation);
}

using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live.Blobs;

/// <summary>Models, updates and all else that is too large for a ledger, each named by its SHA-256 and never changed.</summary>
/// <remarks>Any number of threads may call. A content that is there twice is there once.</remarks>
public interface IBlobStore
{
    /// <summary>Keeps a file's content; when it returns, it survives a loss of power.</summary>
    /// <param name="name">SHA-256 of the content, as the caller found it.</param>
    /// <param name="file">Whole. It may be moved away.</param>
    Task PutAsync(Digest name, string file, CancellationToken cancellation);

    /// <summary>A content, to be read from its beginning and able to seek; null where there is none.</summary>
    Task<Stream?> OpenAsync(Digest name, CancellationToken cancellation);

    /// <summary>Forgets a content that is needed no more; does nothing where there is none.</summary>
    Task DeleteAsync(Digest name, CancellationToken cancellation);

    /// <summary>Forgets all but these, and what was never put whole: when the run is over.</summary>
    Task KeepOnlyAsync(IReadOnlyCollection<Digest> names, CancellationToken cancellation);
}

using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Client.Live.Folder;

/// <summary>What a site agreed to: which run, with whom, with which data. Another run, coordinator, experiment or data is refused from then on.</summary>
public sealed record SiteIdentity
{
    public required Uri Url { get; init; }

    public required string Run { get; init; }

    public required string Site { get; init; }

    /// <summary>SHA-256 of the authority's certificate, from the token.</summary>
    public required Digest Authority { get; init; }

    /// <summary>What the coordinator signs tree heads with.</summary>
    public required PublicKey Coordinator { get; init; }

    /// <summary>SHA-256 of the experiment's text.</summary>
    public required Digest Experiment { get; init; }

    /// <summary>The data's files, full paths.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>SHA-256 of the files' contents, one after another.</summary>
    public required Digest DataHash { get; init; }

    public SiteDeclaration? Declares { get; init; }
}

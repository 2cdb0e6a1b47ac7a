using Atoll.Learning.Data.Schema;
using Atoll.Ledger.Signing;

namespace Atoll.Experiments.Protocol;

/// <summary>What a site is invited to: <c>GET /v1/run</c>, with the token or the certificate.</summary>
public sealed record RunDescription
{
    /// <summary>The run's name in the ledger.</summary>
    public required string Run { get; init; }

    /// <summary>What the coordinator signs tree heads with.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>The experiment file with every default spelled out, YAML. Only its federated arms are trained.</summary>
    public required string Experiment { get; init; }

    /// <summary>Its federated arms, for clients that need nothing else of it.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>Who asks.</summary>
    public required string Site { get; init; }

    /// <summary>All sites. A site's place here is the index that its random numbers are keyed by.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>What a site that joins now is held against; null before the first, and when the enrolment is over.</summary>
    public JoinedTables? Joined { get; init; }

    /// <summary>By arm; null until the enrolment is over.</summary>
    public IReadOnlyDictionary<string, DataSchema>? Schemas { get; init; }
}

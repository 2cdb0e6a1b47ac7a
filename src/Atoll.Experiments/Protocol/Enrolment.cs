using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;
using Atoll.Learning.Data.Schema;

namespace Atoll.Experiments.Protocol;

/// <summary>A site joins: <c>POST /v1/enrolments</c>, with the token.</summary>
public sealed record EnrolmentRequest
{
    public required string Site { get; init; }

    /// <summary>The site's own; it is in its certificate and signs what it sends.</summary>
    public required PublicKey Key { get; init; }

    /// <summary>The client's program and version.</summary>
    public required string Client { get; init; }

    /// <summary>By federated arm. Arms that prepare their rows alike say the same.</summary>
    public required IReadOnlyDictionary<string, TableSummary> Summaries { get; init; }

    /// <summary>What trains there and on which grid, in words of the catalogs; null where the operator does not say.</summary>
    public SiteDeclaration? Declares { get; init; }

    /// <summary>Of kind <c>site-enrolled</c>: run, site, nonce and key. Proves that the site holds the key.</summary>
    public required SignedStatement Signed { get; init; }
}

/// <summary>Hardware and grid of a site, declared once: names from <c>atoll hardware list</c> and <c>atoll grid list</c>.</summary>
public sealed record SiteDeclaration
{
    public string? Hardware { get; init; }

    public string? Grid { get; init; }

    public double? Pue { get; init => field = value is null ? null : Require.Within(1, 10, value.Value, nameof(Pue)); }
}

/// <summary>The answer to an enrolment. The same request with the same key gets the same entry again.</summary>
public sealed record EnrolmentReply
{
    /// <summary>The site's certificate, PEM, for mutual TLS from now on.</summary>
    public required string Certificate { get; init; }

    /// <summary>The index of the site-enrolled entry.</summary>
    public required long Entry { get; init; }
}

/// <summary>A site has encoded its rows by the schemas: <c>POST /v1/preparations</c>.</summary>
public sealed record PreparationMessage
{
    /// <summary>By federated arm.</summary>
    public required IReadOnlyDictionary<string, PreparedRows> Arms { get; init; }

    /// <summary>Of kind <c>site-prepared</c>: run, site, nonce and arms.</summary>
    public required SignedStatement Signed { get; init; }
}

/// <summary>How many rows a site brings to an arm.</summary>
public sealed record PreparedRows
{
    public required int TrainRows { get; init => field = Require.AtLeast(0, value); }

    public required int TestRows { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Training and test rows of each label; empty for regression.</summary>
    public IReadOnlyDictionary<string, int> Labels { get; init; } = new Dictionary<string, int>();
}

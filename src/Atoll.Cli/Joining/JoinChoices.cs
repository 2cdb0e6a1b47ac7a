namespace Atoll.Cli.Joining;

/// <summary>What the command line of <c>atoll join</c> asks for.</summary>
internal sealed record JoinChoices
{
    /// <summary>The token, or the coordinator's address where the token is given otherwise.</summary>
    public string? What { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public IReadOnlyList<string> Data { get; init; } = [];

    public string? State { get; init; }

    public string? Hardware { get; init; }

    public string? Grid { get; init; }

    public double? Pue { get; init; }

    public bool DryRun { get; init; }

    public bool Yes { get; init; }

    public bool Json { get; init; }
}

using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Arms;

/// <summary>Clients train where their data are, and a coordinator averages what they send.</summary>
public sealed record Federated : PlanArm
{
    /// <summary>The sites whose clients take part.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>The site of the coordinator. Its own hardware is not needed: the server's power is in the model.</summary>
    public string? Coordinator { get; init; }

    /// <summary>How often the clients train and are averaged.</summary>
    public Quantity<Count>? Rounds { get; init; }

    /// <summary>Clients in a round. All where not given.</summary>
    public Quantity<Count>? ClientsPerRound { get; init; }

    /// <summary>Optimizer steps of a client in a round. Excludes local-epochs.</summary>
    public Quantity<Count>? LocalSteps { get; init; }

    /// <summary>Passes of a client over its own samples in a round.</summary>
    public Estimate<Ratio>? LocalEpochs { get; init; }

    /// <summary>Share of the clients that finish the round they started.</summary>
    public Estimate<Ratio>? Availability { get; init; }

    /// <summary>Spread of the clients' speed: the standard deviation of its logarithm. 0: all alike.</summary>
    public Estimate<Ratio>? SpeedSpread { get; init; }

    /// <summary>Clients asked for each that is needed; the slowest are not waited for.</summary>
    public Estimate<Ratio>? OverSelection { get; init; }

    /// <summary>Bits that are sent up for a parameter.</summary>
    public int BitsUp { get; init => field = Require.Within(1, 64, value); } = 32;

    /// <summary>Bits that are sent down for a parameter.</summary>
    public int BitsDown { get; init => field = Require.Within(1, 64, value); } = 32;

    /// <summary>Upload is so many times smaller than at its bits.</summary>
    public Estimate<Ratio>? Compression { get; init; }

    /// <summary>Whether the coordinator sees sums only. Bytes and the coordinator's view follow.</summary>
    public bool SecureAggregation { get; init; }

    /// <summary>Upload is so many times larger by encryption.</summary>
    public Estimate<Ratio>? Expansion { get; init; }
}

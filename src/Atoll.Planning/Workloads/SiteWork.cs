namespace Atoll.Planning.Workloads;

/// <summary>What an arm asks of one site of the data over all its rounds.</summary>
public sealed record SiteWork
{
    public required string Site { get; init; }

    /// <summary>Rounds that it takes part in.</summary>
    public required long Rounds { get; init; }

    /// <summary>Rows that it trains on, repeats counted.</summary>
    public required long Samples { get; init; }

    /// <summary>Optimizer steps.</summary>
    public required long Steps { get; init; }

    /// <summary>Operations of training, a multiply-add being two.</summary>
    public required long Flops { get; init; }

    /// <summary>Bytes that it sends to the coordinator.</summary>
    public required long BytesUp { get; init; }

    /// <summary>Bytes that the coordinator sends to it.</summary>
    public required long BytesDown { get; init; }
}

namespace Atoll.Planning.Arms;

/// <summary>Gradients of every step are averaged over all sites.</summary>
public sealed record DataParallel : PlanArm
{
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Bits that are sent for a parameter.</summary>
    public int Bits { get; init => field = Require.Within(1, 32, value); } = 16;

    /// <summary>How the time of communication is computed.</summary>
    public ExchangeTiming Timing { get; init; } = ExchangeTiming.Queue;
}

using Atoll.Coordinator.Rounds;
using Atoll.Experiments;
using Atoll.Footprint.Quantities;

namespace Atoll.Coordinator.Live.Machine;

/// <summary>What a run's decisions are made by.</summary>
public sealed record RunRules
{
    /// <summary>The sites that are expected, by index.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>The arms, one after the other.</summary>
    public required IReadOnlyList<ArmRules> Arms { get; init; }

    public LiveSettings Settings { get; init; } = new();

    public int MinimumSites => Math.Min(Settings.MinimumSites ?? Sites.Count, Sites.Count);

    public TimeSpan Stall => Span(Settings.Stall);

    public TimeSpan? EnrolmentDeadline => Settings.EnrolmentDeadline is { } time ? Span(time) : null;

    public TimeSpan? RoundDeadline => Settings.RoundDeadline is { } time ? Span(time) : null;

    /// <summary>How many updates suffice when the round's deadline is over.</summary>
    public int UpdatesNeeded(RoundState round) => new RoundRules { Quorum = Settings.Quorum ?? 1, CountsFailedOut = Settings.Quorum is null }.UpdatesNeeded(round);

    private static TimeSpan Span(Quantity<Time> time) => TimeSpan.FromSeconds(time.Value);
}

/// <summary>An arm, as far as a run's decisions are concerned.</summary>
/// <param name="IsBuffered">Whether its sites wait for no round: then none has a deadline.</param>
public sealed record ArmRules(string Name, int Rounds, bool IsBuffered = false);

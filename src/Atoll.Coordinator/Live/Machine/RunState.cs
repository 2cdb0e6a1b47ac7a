using System.Collections.Immutable;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;

namespace Atoll.Coordinator.Live.Machine;

/// <summary>Everything a run's decisions depend on. A fold over the ledger, but for <see cref="Round"/>, whose machine has its own.</summary>
public sealed record RunState
{
    public required RunPhase Phase { get; init; }

    /// <summary>When the run was created.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the enrolment was over.</summary>
    public DateTimeOffset PreparingSince { get; init; }

    /// <summary>By index.</summary>
    public required ImmutableArray<RunSite> Sites { get; init; }

    /// <summary>The sites that take part, ascending: a round numbers them.</summary>
    public ImmutableArray<int> Participants { get; init; } = [];

    /// <summary>The arm under way.</summary>
    public int Arm { get; init; }

    /// <summary>Rounds of it that changed its model.</summary>
    public int Completed { get; init; }

    /// <summary>The round that is open; null between rounds.</summary>
    public int? Open { get; init; }

    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>How far the open round is; null until its machine has told.</summary>
    public RoundState? Round { get; init; }

    /// <summary>Whether a task can be given, where sites wait for no round.</summary>
    public bool HasRoom { get; init; }

    /// <summary>Why the arm cannot go on; null where it can.</summary>
    public string? Stopped { get; init; }

    /// <summary>Sites that have not yet held the arm's last model against their test rows.</summary>
    public ImmutableHashSet<int> Evaluating { get; init; } = [];

    public DateTimeOffset EvaluatingSince { get; init; }

    /// <summary>What is going on or waited for, in a sentence.</summary>
    public string Reason { get; init; } = "";

    public bool IsOver => Phase is RunPhase.Finished or RunPhase.Aborted;

    public static RunState Of(int sites, DateTimeOffset now) => new() { Phase = RunPhase.Enrolling, Since = now, Sites = [.. new RunSite[sites]] };

    internal RunState With(int site, Func<RunSite, RunSite> change) => this with { Sites = Sites.SetItem(site, change(Sites[site])) };
}

/// <summary>How far a site is.</summary>
public readonly record struct RunSite(bool Enrolled, bool Prepared, bool Lost);

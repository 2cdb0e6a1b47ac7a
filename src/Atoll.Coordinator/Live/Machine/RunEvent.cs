using System.Collections.Immutable;
using Atoll.Coordinator.Rounds;

namespace Atoll.Coordinator.Live.Machine;

/// <summary>Something that happened to a run. All but the last two are in its ledger.</summary>
public abstract record RunEvent;

public sealed record SiteJoined(int Site) : RunEvent;

public sealed record EnrolmentOver : RunEvent;

public sealed record SiteReady(int Site) : RunEvent;

/// <param name="Sites">Those that take part in the rounds.</param>
public sealed record TrainingBegan(ImmutableArray<int> Sites) : RunEvent;

public sealed record RoundBegan(int Round) : RunEvent;

/// <summary>A round changed the model.</summary>
/// <param name="Evaluators">Where it was the arm's last: the sites that are to evaluate it.</param>
public sealed record RoundDone(int Round, ImmutableArray<int> Evaluators) : RunEvent;

/// <summary>A round did not change the model, so the arm cannot go on.</summary>
public sealed record RoundGivenUp(int Round, string Why) : RunEvent;

/// <summary>A site has held the arm's last model against its test rows.</summary>
public sealed record SiteEvaluated(int Site) : RunEvent;

public sealed record ArmOver : RunEvent;

public sealed record RunOver(bool Finished, string Reason) : RunEvent;

public sealed record SiteGone(int Site) : RunEvent;

public sealed record SiteBack(int Site) : RunEvent;

/// <summary>The open round is further than it was.</summary>
/// <param name="HasRoom">Whether a site is free to begin a task, where sites wait for no round.</param>
public sealed record RoundMoved(RoundState Round, bool HasRoom = false) : RunEvent;

/// <summary>Time went by.</summary>
/// <param name="Seen">When each site last gave a sign of life; null where it did not since this process began.</param>
public sealed record TimePassed(ImmutableArray<DateTimeOffset?> Seen) : RunEvent;

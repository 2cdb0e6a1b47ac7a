using System.Collections.Immutable;

namespace Atoll.Coordinator.Live.Machine;

/// <summary>Something that is due. It stays due until the ledger says that it was done, so a coordinator that dies in between does it when it is back.</summary>
public abstract record RunEffect;

/// <param name="Why">A sentence.</param>
public sealed record RecordLoss(int Site, string Why) : RunEffect;

public sealed record RecordReturn(int Site) : RunEffect;

/// <summary>Let nobody in any more, and tell those that are in how to encode their rows.</summary>
public sealed record CloseEnrolment : RunEffect;

public sealed record BeginTraining(ImmutableArray<int> Sites) : RunEffect;

public sealed record OpenRound(int Arm, int Round) : RunEffect;

/// <summary>Give tasks to sites that are free, where they wait for no round.</summary>
public sealed record GiveTasks(int Round) : RunEffect;

/// <summary>The open round's time is over and its quorum is there.</summary>
public sealed record EndRoundByDeadline(int Round) : RunEffect;

/// <summary>Make the next model of the open round's average, or give the round up.</summary>
public sealed record CloseRound(int Round) : RunEffect;

/// <param name="Stopped">Why it ends early; null where it does not.</param>
public sealed record EndArm(int Arm, string? Stopped) : RunEffect;

public sealed record EndRun : RunEffect;

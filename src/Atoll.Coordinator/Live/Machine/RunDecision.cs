using System.Collections.Immutable;

namespace Atoll.Coordinator.Live.Machine;

/// <summary>What follows from an event.</summary>
/// <param name="Effects">All that is due now, not only what the event made due.</param>
/// <param name="Reason">What is going on or waited for: a sentence for operators.</param>
/// <param name="Wake">When time alone may make something due; null where it cannot.</param>
public sealed record RunDecision(RunState State, ImmutableArray<RunEffect> Effects, string Reason, DateTimeOffset? Wake);

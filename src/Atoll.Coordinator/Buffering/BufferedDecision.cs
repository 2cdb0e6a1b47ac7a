using System.Collections.Immutable;
using Atoll.Coordinator.Rounds;

namespace Atoll.Coordinator.Buffering;

/// <summary>What a buffered arm makes of an event.</summary>
/// <param name="State">Renewed even where an update is refused for being too stale: its site is free for another task.</param>
/// <param name="Accepted">Whether the event counts.</param>
/// <param name="Reason">Why, in one sentence that an operator can read.</param>
public sealed record BufferedDecision(BufferedState State, bool Accepted, ImmutableArray<RoundEffect> Effects, string Reason);

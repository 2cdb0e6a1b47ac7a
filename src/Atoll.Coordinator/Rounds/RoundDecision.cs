using System.Collections.Immutable;

namespace Atoll.Coordinator.Rounds;

/// <summary>What a round makes of an event.</summary>
/// <param name="Accepted">Whether the event counts; when not, the state is as it was and nothing is to be done.</param>
/// <param name="Reason">Why, in one sentence that an operator can read.</param>
public sealed record RoundDecision(RoundState State, bool Accepted, ImmutableArray<RoundEffect> Effects, string Reason);

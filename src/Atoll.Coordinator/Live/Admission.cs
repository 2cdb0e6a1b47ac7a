using Atoll.Coordinator.Rounds;

namespace Atoll.Coordinator.Live;

/// <summary>Whether an update may be added to the others now.</summary>
/// <param name="Fold">How; null where it may not.</param>
/// <param name="Taken">To be disposed when it has been added or refused; null where it may not.</param>
/// <param name="Round">The round that it would count in.</param>
internal readonly record struct Admission(FoldUpdate? Fold, IDisposable? Taken, int Round, string Reason);

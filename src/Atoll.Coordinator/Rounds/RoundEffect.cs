using System.Collections.Immutable;

namespace Atoll.Coordinator.Rounds;

/// <summary>Something a decision asks the shell around it to do.</summary>
public abstract record RoundEffect;

/// <summary>Hand the global model to these sites.</summary>
public sealed record SendTasks(ImmutableArray<int> Sites) : RoundEffect;

/// <summary>Add the site's update to the average, then tell: <see cref="UpdateFolded"/> or <see cref="UpdateFailed"/>.</summary>
public sealed record FoldUpdate(int Site, long Weight, double Normalizer) : RoundEffect;

/// <summary>Change the model by the round's average.</summary>
/// <param name="ShareOfSites">Sites in the average over all sites.</param>
/// <param name="ShareOfWeight">Their weight over all sites' weight.</param>
public sealed record ApplyAverage(double ShareOfSites, double ShareOfWeight) : RoundEffect;

/// <summary>Throw the round's average away.</summary>
public sealed record DropAverage : RoundEffect;

using System.Collections.Immutable;

namespace Atoll.Coordinator.Rounds;

/// <summary>Something a decision asks the shell around it to do.</summary>
public abstract record RoundEffect;

/// <summary>Hand the global model to these sites.</summary>
public sealed record SendTasks(ImmutableArray<int> Sites) : RoundEffect;

/// <summary>Add the site's update to the average, then tell: <see cref="UpdateFolded"/> or <see cref="UpdateFailed"/>.</summary>
/// <param name="Divisor">What it counts less by for being stale; 1 where updates are not buffered.</param>
public sealed record FoldUpdate(int Site, long Weight, double Normalizer, float Divisor = 1) : RoundEffect;

/// <summary>Hand the newest model to this site, where updates are buffered.</summary>
/// <param name="Task">From 1, in the order of giving.</param>
/// <param name="Turn">Which of the site's own tasks this is, from 1: what its random numbers are drawn by.</param>
/// <param name="Round">The round under way, whose model is trained from.</param>
public sealed record SendTask(int Site, int Task, int Turn, int Round) : RoundEffect;

/// <summary>Change the model by the round's average.</summary>
/// <param name="ShareOfSites">Sites in the average over all sites.</param>
/// <param name="ShareOfWeight">Their weight over all sites' weight.</param>
public sealed record ApplyAverage(double ShareOfSites, double ShareOfWeight) : RoundEffect;

/// <summary>Throw the round's average away.</summary>
public sealed record DropAverage : RoundEffect;

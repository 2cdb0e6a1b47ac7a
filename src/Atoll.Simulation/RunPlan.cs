using Atoll.Experiments.Results;

namespace Atoll.Simulation;

/// <summary>What a run is about to do: shown before it starts, and all that a dry run does.</summary>
public sealed record RunPlan(string Name, ulong Seed, int Repeat, int Threads, string Folder, DataFacts Data, IReadOnlyList<ArmPlan> Arms);

/// <param name="Rounds">Rounds of a federated arm, epochs of the others.</param>
/// <param name="SitesPerRound">Sites that train in each round; at any time, where updates are buffered.</param>
/// <param name="FlopsPerSample">To train on one sample.</param>
/// <param name="Data">Present where this arm's data or sites differ from the top level's.</param>
public sealed record ArmPlan(
    string Name, string Kind, bool IsBaseline, int Rounds, int SitesPerRound, long Parameters, long FlopsPerSample, IReadOnlyDictionary<string, string> Settings, DataFacts? Data = null);

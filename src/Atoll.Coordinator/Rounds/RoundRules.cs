using Atoll.Federation.Aggregation;
using Atoll.Federation.Selection;

namespace Atoll.Coordinator.Rounds;

/// <summary>What a round's decisions are made by.</summary>
public sealed record RoundRules
{
    public ISelection Selection { get; init; } = new AllSites();

    public IAggregation Aggregation { get; init; } = new FedAvg();

    /// <summary>The least share of the chosen sites whose updates make a round count, in (0, 1].</summary>
    public double Quorum { get; init => field = Require.Within(double.Epsilon, 1, value); } = 1;

    /// <summary>How long sites have to answer; null for as long as it takes.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The least number of updates, of so many chosen sites.</summary>
    /// <remarks>Rounded first: 0.1 · 30 is 3.0000000000000004 in binary, and means 3.</remarks>
    public int UpdatesNeeded(int chosen) => Math.Max(1, (int)Math.Ceiling(Math.Round(Quorum * chosen, 9)));
}

using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;

namespace Atoll.Federation;

/// <summary>Which algorithms do not go together.</summary>
public static class Combination
{
    /// <summary>Why these two contradict each other, or null when they do not.</summary>
    public static string? Contradiction(ILocalObjective objective, IAggregation aggregation) => (objective, aggregation) switch
    {
        (FedDyn, FedNova) => "The local objective fed-dyn needs the plain mean of the updates (fed-avg): its server state is the mean of the sites' states, which fed-nova's normalized mean would drift away from.",
        _ => null,
    };
}

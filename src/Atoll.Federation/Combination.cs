using Atoll.Federation.Aggregation;
using Atoll.Federation.Buffering;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Federation;

/// <summary>Which algorithms do not go together.</summary>
public static class Combination
{
    /// <summary>Why a local objective and an aggregation contradict each other, or null when they do not.</summary>
    public static string? Contradiction(ILocalObjective objective, IAggregation aggregation) => (objective, aggregation) switch
    {
        (FedDyn, FedNova) => "The local objective fed-dyn needs the plain mean of the updates (fed-avg): its server state is the mean of the sites' states, which fed-nova's normalized mean would drift away from.",
        _ => null,
    };

    /// <summary>Why a local objective and a server optimizer contradict each other, or null when they do not.</summary>
    public static string? Contradiction(ILocalObjective objective, IServerOptimizer optimizer) => (objective, optimizer) switch
    {
        (FedDyn, not ServerSgd) => "The local objective fed-dyn has a server step of its own, which sgd leaves as it is: momentum or an adaptive step would take its correction for a gradient.",
        _ => null,
    };

    /// <summary>Why a local objective cannot be used where updates are buffered, or null when it can.</summary>
    public static string? Contradiction(ILocalObjective objective, FedBuff? buffered) => (buffered, objective) switch
    {
        (null, _) => null,
        (_, Scaffold) => "scaffold corrects each site by the mean of what all sites of a round found at one model, and in a buffer updates come from several models.",
        (_, FedDyn) => "fed-dyn's server state is the mean of the sites' states after a round from one model, and in a buffer updates come from several models.",
        _ => null,
    };

    /// <summary>Why an aggregation cannot be used where updates are buffered, or null when it can.</summary>
    public static string? Contradiction(IAggregation aggregation, FedBuff? buffered) => buffered is not null && aggregation is FedNova
        ? "fed-nova weighs steps that sites took from one model against each other, and in a buffer updates come from several models: use fed-avg."
        : null;

    /// <summary>Why a selection cannot be used where updates are buffered, or null when it can.</summary>
    public static string? Contradiction(ISelection selection, FedBuff? buffered) => buffered is not null && selection is not AllSites
        ? "Where updates are buffered, no sites are selected for a round: any site without a task may get the next, as many at a time as concurrency says."
        : null;

    /// <summary>Why an aggregation cannot use sites whose steps are not proportional to a gradient (Adam), or null when it can.</summary>
    public static string? NeedsPlainSteps(IAggregation aggregation) => aggregation is FedNova
        ? "fed-nova divides an update by the number of plain gradient steps it is worth, and steps that are not proportional to the gradient are worth no such number"
        : null;

    /// <summary>Why a local objective cannot use sites whose steps are not proportional to a gradient (Adam), or null when it can.</summary>
    public static string? NeedsPlainSteps(ILocalObjective objective) => objective is Scaffold
        ? "scaffold works a site's mean gradient out of its update and the learning rate, which steps that are not proportional to the gradient do not allow"
        : null;
}

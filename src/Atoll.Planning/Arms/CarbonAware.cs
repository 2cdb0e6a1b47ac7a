using Atoll.Experiments.Binding;
using Atoll.Footprint.Quantities;

namespace Atoll.Planning.Arms;

/// <summary>The whole job at one site at a time, at the hours when its electricity is cleanest.</summary>
[Exclusive(nameof(Slack), nameof(Deadline))]
public sealed record CarbonAware : PlanArm
{
    /// <summary>The sites it may run at; each needs a grid that varies (<c>trace</c> or <c>live</c>), or more than one site.</summary>
    public required IReadOnlyList<string> Sites { get; init; }

    public ShiftStrategy Strategy { get; init; } = ShiftStrategy.Defer;

    /// <summary>Time by which the end may be later than at once. Excludes deadline.</summary>
    public Quantity<Time>? Slack { get; init; }

    /// <summary>Time from the start by which it must be done.</summary>
    public Quantity<Time>? Deadline { get; init; }

    /// <summary>When it could start, as in the trace; at each hour of the trace in turn, and the mean of them, where not given.</summary>
    public string? Start { get; init; }
}

/// <summary>What may be done to a job.</summary>
public enum ShiftStrategy
{
    /// <summary>Started later, then run in one piece.</summary>
    Defer,

    /// <summary>Started later and interrupted.</summary>
    Interrupt,

    /// <summary>Interrupted and moved from site to site.</summary>
    Migrate,
}

using Atoll.Experiments.Sites;
using Atoll.Planning.Arms;

namespace Atoll.Planning.File;

/// <summary>A plan file: a job, the places where it could run, the ways of running it, and what to ask of them.</summary>
public sealed record Plan
{
    /// <summary>Names the output folder and the page. Letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is to be trained.</summary>
    public required Workload Workload { get; init; }

    /// <summary>The places, by name.</summary>
    public required IReadOnlyDictionary<string, Site> Sites { get; init; }

    /// <summary>The networks between them.</summary>
    public IReadOnlyList<Link> Links { get; init; } = [];

    /// <summary>The alternatives to compare, by name, in the file's order. The first centralized one is the baseline.</summary>
    public required IReadOnlyDictionary<string, PlanArm> Arms { get; init; }

    /// <summary>Inputs to find so that an output reaches a value.</summary>
    public IReadOnlyList<Solve> Solve { get; init; } = [];

    /// <summary>Inputs to run through.</summary>
    public IReadOnlyList<Sweep> Sweep { get; init; } = [];

    /// <summary>What matters, each with a weight from 0. Equal weights on time, cost and carbon where not given.</summary>
    public Objective? Objective { get; init; }

    /// <summary>Catalog files of one's own (CSV), found from the plan's folder, whose entries go before those of the same name here.</summary>
    public IReadOnlyList<string> Catalogs { get; init; } = [];

    /// <summary>The seed of the draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Monte-Carlo draws over the inputs' ranges. 0: no ranges of results.</summary>
    public int Draws { get; init => field = Require.Within(0, 1_000_000, value); } = 2000;
}

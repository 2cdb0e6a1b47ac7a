using Atoll.Experiments.Binding;
using Atoll.Experiments.Sites;

namespace Atoll.Experiments;

/// <summary>An experiment file, resolved: every arm carries all it needs, nothing is inherited any more.</summary>
public sealed record Experiment
{
    /// <summary>Names the run folder and the report. Letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The alternatives to compare, by name, in the file's order. The baseline, the first centralized arm, is always among them.</summary>
    public required IReadOnlyDictionary<string, Arm> Arms { get; init; }

    /// <summary>
    /// What the sites are, to model the run's footprint there: a name of a site in the data, <c>default</c> for those that are not named,
    /// <c>coordinator</c> for where the coordinator and the centralized arms run, and <c>this-machine</c> for the one that the run is metered on.
    /// </summary>
    public IReadOnlyDictionary<string, Site>? Sites { get; init; }

    /// <summary>How a run across machines waits for its sites (<c>atoll serve</c>). No part of what is trained.</summary>
    public LiveSettings? Live { get; init; }

    /// <summary>The name of the first centralized arm: what every other arm is held against.</summary>
    [NotInFile]
    public required string Baseline { get; init; }

    /// <summary>The full path of the folder that the file lies in; empty for an experiment that was never a file. No part of what the experiment is.</summary>
    [NotInFile]
    public string Folder { get; init; } = "";
}

using Atoll.Experiments;
using Atoll.Footprint.Meters;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation;

/// <summary>What to run, and where to write it.</summary>
public sealed record RunRequest
{
    public required Experiment Experiment { get; init; }

    /// <summary>The run folder: new, or one to resume.</summary>
    public required string Folder { get; init; }

    /// <summary>Only these arms (the baseline always runs); all when empty.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>How many seeds: the experiment's, and the ones after it. Null: 1, or what the run to resume has.</summary>
    public int? Repeat { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(Repeat)); }

    /// <summary>Sites that train at once.</summary>
    public int Threads { get; init => field = Require.AtLeast(1, value); } = Environment.ProcessorCount;

    /// <summary>Goes on with a run that was interrupted.</summary>
    public bool Resume { get; init; }

    /// <summary>The catalog's cache; the platform's when null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Meters the training. Null: no energy is reported.</summary>
    public IWorkMeter? Meter { get; init; }

    /// <summary>How fast this machine trains an arm with so many workers, tried before the run begins. Null: its time is not foreseen.</summary>
    public Func<LoadedArm, int, MachinePace>? Pace { get; init; }

    /// <summary>Says when the run came to its end.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

namespace Atoll.Experiments.Protocol;

/// <summary>What a site sends back after training.</summary>
/// <remarks>
/// The vectors belong to the sender. Whoever is handed this reads them before returning and keeps no reference, so that the sender can use
/// the same buffers for its next update.
/// </remarks>
public sealed class SiteUpdate
{
    /// <summary>The site's index in the experiment.</summary>
    public required int Site { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The round this answers.</summary>
    public required int Round { get; init => field = Require.AtLeast(1, value); }

    /// <summary>The site's training rows: the ones it joined with.</summary>
    public required int Rows { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Optimizer steps taken.</summary>
    public required int Steps { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many plain gradient steps they were worth; see <see cref="Federation.Aggregation.FedNova.EffectiveSteps"/>.</summary>
    public required double EffectiveSteps { get; init => field = Require.MoreThan(0.0, value); }

    /// <summary>Local minus global weights.</summary>
    public required float[] Update { get; init; }

    /// <summary>The change of the site's control; empty unless the local objective exchanges one.</summary>
    public float[] ControlChange { get; init; } = [];

    /// <summary>Mean training loss over the steps; not finite where training diverged.</summary>
    public required double TrainingLoss { get; init; }

    /// <summary>Samples that went through forward and backward.</summary>
    public required long Samples { get; init => field = Require.AtLeast(0, value); }
}

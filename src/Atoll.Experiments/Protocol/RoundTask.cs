namespace Atoll.Experiments.Protocol;

/// <summary>What the coordinator asks of one site in one round.</summary>
/// <remarks>The vectors are lent: the coordinator owns them, everyone else only reads them, and they hold until the round closes.</remarks>
public sealed class RoundTask
{
    /// <summary>From 1.</summary>
    public required int Round { get; init => field = Require.AtLeast(1, value); }

    /// <summary>What the site's random numbers are drawn by, where that is not the round: which of its own tasks this is, from 1.</summary>
    /// <remarks>A site may begin two tasks from one model where updates are buffered, and is not to shuffle its rows alike in both.</remarks>
    public int? Turn { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(Turn)); }

    /// <summary>The global weights to start from.</summary>
    public required float[] Weights { get; init; }

    /// <summary>The control that goes with the weights; empty unless the local objective exchanges one.</summary>
    public float[] Control { get; init; } = [];

    /// <summary>Passes over the site's rows. Either this or <see cref="LocalSteps"/>.</summary>
    public int? LocalEpochs { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(LocalEpochs)); }

    /// <summary>Batches to train on.</summary>
    public int? LocalSteps { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(LocalSteps)); }

    /// <summary>What the schedule makes of the optimizer's learning rate in this round: 1 leaves it.</summary>
    public float LearningRateFactor { get; init => field = Require.MoreThan(0f, value); } = 1f;
}

using Atoll.Experiments.Binding;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Randomness;

namespace Atoll.Experiments;

/// <summary>How a model is trained, wherever that is.</summary>
public sealed record TrainingSettings
{
    /// <summary>How a gradient becomes the next weights.</summary>
    public required IOptimizer Optimizer { get; init; }

    /// <summary>Rows in a step.</summary>
    public int BatchSize { get; init => field = Require.AtLeast(1, value); } = 32;

    /// <summary>Passes over a site's own rows in one round. Either this or <see cref="LocalSteps"/>; 1 when neither is given.</summary>
    public EpochRange? LocalEpochs { get; init; }

    /// <summary>Batches in one round, drawn from reshuffled passes over the site's rows.</summary>
    public int? LocalSteps { get; init => field = value is null ? null : Require.AtLeast(1, value.Value, nameof(LocalSteps)); }

    /// <summary>A site's passes in a round, drawn anew where they are a range; null where it counts steps.</summary>
    /// <param name="site">The site's index: part of the key of its random numbers.</param>
    /// <param name="round">From 1.</param>
    public int? EpochsOf(ulong seed, int site, int round) => LocalSteps is not null ? null : LocalEpochs switch
    {
        null => 1,
        { } range => new Philox(seed, Purpose.LocalEpochs, site, round).Next(range.Min, range.Max + 1),
    };

    /// <summary>What the schedule makes of the optimizer's learning rate.</summary>
    /// <param name="round">From 1.</param>
    public float LearningRateFactor(int round, int rounds) => (float)Optimizer.Schedule.Factor(round - 1, rounds);
}

/// <summary>Passes in a round: a number, or a range from which each site draws anew each round (stragglers).</summary>
[ShortForm(nameof(Min), nameof(Max))]
public sealed record EpochRange
{
    /// <summary>The fewest passes.</summary>
    public required int Min { get; init => field = Require.AtLeast(1, value); }

    /// <summary>The most passes.</summary>
    public required int Max { get; init => field = Require.AtLeast(1, value); }
}

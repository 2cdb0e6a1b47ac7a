using Atoll.Experiments.Binding;
using Atoll.Footprint.Quantities;

namespace Atoll.Planning.File;

/// <summary>What is to be trained: an experiment file, whose FLOPs and bytes are then exact, or figures.</summary>
[Exclusive(nameof(Tokens), nameof(Samples))]
[Exclusive(nameof(BatchTokens), nameof(BatchSamples))]
public sealed record Workload
{
    /// <summary>An experiment file or its folder, found from the plan's folder. Excludes everything else here.</summary>
    public string? Experiment { get; init; }

    /// <summary>Parameters of the model.</summary>
    public Quantity<Count>? Parameters { get; init; }

    /// <summary>Layers whose gradients can be sent as soon as each is done. 1: the model is sent whole, when the step has ended.</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>Tokens to train on. Excludes samples.</summary>
    public Estimate<Count>? Tokens { get; init; }

    /// <summary>Samples in the data. Excludes tokens.</summary>
    public Estimate<Count>? Samples { get; init; }

    /// <summary>Passes over the samples.</summary>
    public Estimate<Ratio>? Epochs { get; init; }

    /// <summary>Tokens in a step of all sites together.</summary>
    public Quantity<Count>? BatchTokens { get; init; }

    /// <summary>Samples in a step of all sites together.</summary>
    public Quantity<Count>? BatchSamples { get; init; }

    /// <summary>Operations of the whole training. 6 × parameters × tokens (or samples, or steps × batch) where not given.</summary>
    public Estimate<Computation>? Flops { get; init; }

    /// <summary>Optimizer steps of the whole training. Tokens (or samples × epochs, or operations / (6 × parameters)) over the batch where not given.</summary>
    public Quantity<Count>? Steps { get; init; }

    /// <summary>Time of one step, where it is known: instead of operations over the hardware's rate. Where nothing tells the number of steps, the figures are those of one.</summary>
    public Estimate<Time>? StepTime { get; init; }

    /// <summary>Of gradients, activations and the hardware's rate.</summary>
    public Precision Precision { get; init; } = Precision.Bf16;

    /// <summary>Raw training data, all together. The sum over the sites where not given.</summary>
    public Estimate<Data>? Data { get; init; }
}

/// <summary>Numbers' formats.</summary>
public enum Precision
{
    Fp32,
    Bf16,
    Fp16,
    Fp8,
}

using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>What is to be trained, as indices of inputs: read at any values of them.</summary>
internal sealed record WorkloadInputs
{
    /// <summary>Operations of the whole training, where given.</summary>
    public int? FlopsIndex { get; init; }

    public int? ParametersIndex { get; init; }

    /// <summary>Tokens, or samples in the data.</summary>
    public int? ItemsIndex { get; init; }

    /// <summary>Passes over the items.</summary>
    public int? EpochsIndex { get; init; }

    /// <summary>Tokens or samples in a step of all sites together.</summary>
    public int? BatchIndex { get; init; }

    /// <summary>Steps, where given.</summary>
    public int? StepsIndex { get; init; }

    /// <summary>Seconds of one step, where given.</summary>
    public int? StepTimeIndex { get; init; }

    /// <summary>Bits of raw data, all together, where given.</summary>
    public int? DataIndex { get; init; }

    public required int Layers { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>In words: <c>10 B parameters, 200 B tokens</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Every input that tells how much there is to compute.</summary>
    public IReadOnlyList<int?> Indices => StepTimeIndex is not null ? [StepTimeIndex, .. StepIndices]
        : FlopsIndex is not null ? [FlopsIndex]
        : ItemsIndex is not null ? [ParametersIndex, ItemsIndex, EpochsIndex] : [ParametersIndex, StepsIndex, BatchIndex];

    /// <summary>Every input that tells the number of steps.</summary>
    private IReadOnlyList<int?> StepIndices => StepsIndex is not null ? [StepsIndex]
        : ItemsIndex is not null ? [ItemsIndex, EpochsIndex, BatchIndex] : [FlopsIndex, ParametersIndex, BatchIndex];

    /// <summary>Bits of a number in the workload's precision.</summary>
    public double BitsPerParameter => Precision switch { Precision.Fp32 => 32, Precision.Fp8 => 8, _ => 16 };

    public bool KnowsParameters => ParametersIndex is not null;

    public bool KnowsSteps => StepsIndex is not null || (BatchIndex is not null && (ItemsIndex is not null || (FlopsIndex is not null && ParametersIndex is not null)));

    public bool KnowsStepTime => StepTimeIndex is not null;

    /// <summary>Whether operations are given or follow from parameters and items, and not from the time of a step alone.</summary>
    public bool KnowsFlops => FlopsIndex is not null || (ParametersIndex is not null && (ItemsIndex is not null || (StepsIndex is not null && BatchIndex is not null)));

    /// <summary>Operations of the whole training: as given; 6 × parameters × tokens (or samples × epochs) (Kaplan et al. 2020); or steps × step time × rate.</summary>
    /// <param name="totalRate">FLOP/s of all that train together; read only where nothing else tells the operations.</param>
    public double Flops(ReadOnlySpan<double> x, double totalRate = double.NaN) =>
        FlopsIndex is { } given ? x[given]
        : KnowsFlops ? 6 * x[ParametersIndex!.Value] * Items(x)
        : Steps(x) * x[StepTimeIndex!.Value] * totalRate;

    /// <summary>NaN where the plan gives none.</summary>
    public double Parameters(ReadOnlySpan<double> x) => ParametersIndex is { } index ? x[index] : double.NaN;

    /// <summary>Tokens, or samples × epochs; steps × batch, or operations / (6 × parameters), where these are not given. NaN where the plan tells none.</summary>
    public double Items(ReadOnlySpan<double> x) =>
        ItemsIndex is { } index ? x[index] * (EpochsIndex is { } epochs ? x[epochs] : 1)
        : StepsIndex is { } steps ? x[steps] * Batch(x)
        : FlopsIndex is { } flops ? x[flops] / (6 * Parameters(x))
        : double.NaN;

    /// <summary>Samples in the data without the passes over them. NaN where the plan gives none.</summary>
    public double ItemsOnce(ReadOnlySpan<double> x) => ItemsIndex is { } index ? x[index] : double.NaN;

    /// <summary>Tokens or samples in a step of all sites together. NaN where the plan gives none.</summary>
    public double Batch(ReadOnlySpan<double> x) => BatchIndex is { } index ? x[index] : double.NaN;

    /// <summary>As given, or items over the batch. NaN where the plan gives neither (<see cref="KnowsSteps"/>).</summary>
    public double Steps(ReadOnlySpan<double> x) => StepsIndex is { } given ? x[given] : Items(x) / Batch(x);

    /// <summary>The step time as given; else operations / steps / rate.</summary>
    /// <param name="totalRate">FLOP/s of all that work on a step together.</param>
    public double StepSeconds(ReadOnlySpan<double> x, double totalRate) =>
        StepTimeIndex is { } given ? x[given] : Flops(x) / Steps(x) / totalRate;

    /// <summary>Seconds of computing of the whole training: steps × step time where that is given, else operations / rate. Needs no number of steps otherwise.</summary>
    public double ComputeSeconds(ReadOnlySpan<double> x, double totalRate) =>
        StepTimeIndex is { } given ? Steps(x) * x[given] : Flops(x) / totalRate;
}

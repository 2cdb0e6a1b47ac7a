using System.Globalization;
using Atoll.Experiments;
using Atoll.Footprint.Quantities;
using Atoll.Learning.Data;
using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>The workload of a plan file to inputs.</summary>
/// <param name="folder">From which the experiment's path starts.</param>
internal sealed class WorkloadReader(Figures figures, string folder)
{
    private static readonly string[] Fields = ["parameters", "layers", "tokens", "samples", "epochs", "batch-tokens", "batch-samples", "flops", "steps", "step-time", "precision", "data"];

    /// <summary>In place of an experiment that could not be read: tells whatever an arm may ask of it, so that only the experiment is found fault with.</summary>
    private static readonly Workload Unread = new()
    {
        Parameters = 1 * Count.One,
        Layers = int.MaxValue / 2,
        Samples = new Estimate<Count>(1 * Count.Trillion),
        BatchSamples = 1 * Count.Trillion,
    };

    public WorkloadInputs Read(Workload workload)
    {
        if (workload.Experiment is { } path)
        {
            return FromExperiment(path);
        }
        Check(workload);
        WorkloadInputs read = Inputs(workload, new Noted(figures));
        if (!IsOneStep(workload))
        {
            return read;
        }
        figures.Notes.Add("The workload gives the time of a step and not how many there are: all figures but shares and rates are those of one step.");
        return read with { StepsIndex = figures.Table.Add("workload.steps", Defaults.OneStep) };
    }

    private WorkloadInputs FromExperiment(string path)
    {
        foreach (string other in Fields.Where(f => figures.File.Has($"workload.{f}")))
        {
            figures.File.Refuse($"workload.{other}", $"and workload.experiment (line {figures.File.LineOf("workload.experiment")}) exclude each other: the experiment says what is trained");
        }
        try
        {
            ExperimentWorkload experiment = ExperimentWorkload.Read(Path.GetFullPath(path, folder));
            return Inputs(experiment.Figures, new Counted(figures, experiment));
        }
        catch (Exception e) when (e is ExperimentFileException or DataException or InvalidOperationException)
        {
            string must = e is DataException ? "an experiment whose data are at hand" : "an experiment that can be read";
            figures.File.Refuse("workload.experiment", $"must be {must}. {e.Message.TrimEnd('.')}");
            return Inputs(Unread, new Noted(figures));
        }
    }

    private void Check(Workload w)
    {
        figures.RequirePositive("workload.parameters", w.Parameters);
        figures.RequirePositive("workload.tokens", w.Tokens);
        figures.RequirePositive("workload.samples", w.Samples);
        figures.RequirePositive("workload.epochs", w.Epochs);
        figures.RequirePositive("workload.batch-tokens", w.BatchTokens);
        figures.RequirePositive("workload.batch-samples", w.BatchSamples);
        figures.RequirePositive("workload.flops", w.Flops);
        figures.RequirePositive("workload.steps", w.Steps);
        figures.RequirePositive("workload.step-time", w.StepTime);
        figures.RequirePositive("workload.data", w.Data);
        bool batch = w.BatchTokens is not null || w.BatchSamples is not null, items = w.Tokens is not null || w.Samples is not null;
        bool steps = w.Steps is not null || (batch && (items || (w.Flops is not null && w.Parameters is not null))) || IsOneStep(w);
        RefuseWhen(w.BatchTokens is not null && w.Samples is not null, "batch-tokens", "contradicts workload.samples: give batch-samples");
        RefuseWhen(w.BatchSamples is not null && w.Tokens is not null, "batch-samples", "contradicts workload.tokens: give batch-tokens");
        RefuseWhen(w.Epochs is not null && w.Samples is null, "epochs", "are passes over samples: workload.samples must be given with it");
        RefuseWhen(w.StepTime is not null && !steps, "step-time", "must come with steps or a batch, where flops, tokens or samples are given: it is the time of one step");
        RefuseWhen(w.Flops is null && w.StepTime is null && (w.Parameters is null || (!items && !(w.Steps is not null && batch))), "",
            "must give flops, parameters with tokens or samples (or with steps and their batch), step-time, or experiment: nothing else tells how much there is to compute");
    }

    private void RefuseWhen(bool wrong, string field, string message)
    {
        if (wrong)
        {
            figures.File.Refuse(field.Length == 0 ? "workload" : $"workload.{field}", message);
        }
    }

    /// <summary>Nothing tells how much there is to train but how long a step takes: what the plan then answers, it answers for one step.</summary>
    private static bool IsOneStep(Workload w) => w.StepTime is not null && w.Steps is null && w.Flops is null && w.Tokens is null && w.Samples is null;

    private static WorkloadInputs Inputs(Workload w, INoted note) => new()
    {
        FlopsIndex = note.Index("flops", w.Flops),
        ParametersIndex = note.Index("parameters", Whole(w.Parameters)),
        ItemsIndex = note.Index("tokens", w.Tokens) ?? note.Index("samples", w.Samples),
        EpochsIndex = note.Index("epochs", w.Epochs),
        BatchIndex = note.Index("batch-tokens", Whole(w.BatchTokens)) ?? note.Index("batch-samples", Whole(w.BatchSamples)),
        StepsIndex = note.Index("steps", Whole(w.Steps)),
        StepTimeIndex = note.Index("step-time", w.StepTime),
        DataIndex = note.Index("data", w.Data),
        Layers = w.Layers,
        Precision = w.Precision,
        Description = Describe(w),
    };

    private static string Describe(Workload w)
    {
        string?[] parts =
        [
            w.Parameters is { } n ? $"{Round(n)} parameters" : null,
            w.Tokens is { } tokens ? $"{Round(tokens.Value)} tokens" : null,
            w.Samples is { } samples ? $"{Round(samples.Value)} samples" : null,
            w.Epochs is { } epochs ? string.Create(CultureInfo.InvariantCulture, $"{epochs.Value.Value:0.##} epochs") : null,
            w.Flops is { } flops ? $"{flops.Value}" : null,
            w.Steps is { } steps ? $"{Round(steps)} steps" : null,
            w.StepTime is { } time ? $"{time.Value} a step" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static string Round(Quantity<Count> count) => QuantityText.Print(count);

    private static Estimate<Count>? Whole(Quantity<Count>? value) => value is { } v ? new(v) : null;

    private interface INoted
    {
        int? Index<TDimension>(string field, Estimate<TDimension>? value) where TDimension : IDimension<TDimension>;
    }

    private sealed class Noted(Figures figures) : INoted
    {
        public int? Index<TDimension>(string field, Estimate<TDimension>? value) where TDimension : IDimension<TDimension> => figures.Maybe($"workload.{field}", value);
    }

    private sealed class Counted(Figures figures, ExperimentWorkload experiment) : INoted
    {
        public int? Index<TDimension>(string field, Estimate<TDimension>? value) where TDimension : IDimension<TDimension> =>
            value is { } v ? figures.Table.Add($"workload.{field}", v, experiment.Origin) : null;
    }
}

using Atoll.Benchmarks.Machine;
using Atoll.Experiments;
using Atoll.Federation.Selection;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Simulation.Arms;

namespace Atoll.Benchmarks.Work;

/// <summary>Whole FedAvg rounds, on the code that <c>atoll run</c> runs, on one thread.</summary>
internal static class Rounds
{
    private static readonly Shape s_vector = new(784), s_image = new(28, 28, 1);

    public static IEnumerable<Benchmark> All =>
    [
        new("round-mlp", "MLP 784-128-10: 10 sites × 600 rows × 5 epochs, batch 20", "samples/s", _ => Round(Mlp, s_vector, sites: 10, rows: 600, epochs: 5, batch: 20))
        {
            Target = Target.AtLeast(2.2 * 114_000, "≥ 2.2 × PyTorch 2.6 eager (114 k samples/s on the reference core), and ahead of its hand-batched 245 k"),
        },
        new("round-mcmahan-cnn", "McMahan's CNN: 4 sites × 600 rows, one epoch, batch 20", "samples/s", quick => Round(new McMahanCnn(), s_image, sites: quick ? 1 : 4, rows: 600, epochs: 1, batch: 20))
        {
            Target = Target.AtLeast(1.2 * 2_000, "≥ 1.2 × PyTorch 2.6 eager (2.0 k samples/s on the reference core)"),
        },
        new("round-niid-cnn", "NIID-Bench's CNN: 10 sites × 640 rows, one epoch, batch 64", "samples/s", quick => Round(new NiidBenchCnn(), s_image, sites: quick ? 2 : 10, rows: 640, epochs: 1, batch: 64)),
        new("many-clients", "1,000 sites × 20 rows, one epoch, MLP 784-128-10", "clients/s", quick => Clients(Mlp, sites: quick ? 200 : 1000, rows: 20))
        {
            Target = Target.AtLeast(3 * 2_250, "≥ 3 × pfl-research 0.5.1 (2,250 clients/s on the reference core)"),
        },
    ];

    public static Mlp Mlp { get; } = new() { Hidden = [128] };

    private static Piece Clients(IModel model, int sites, int rows) => Round(model, s_vector, sites, rows, epochs: 1, batch: rows) with { Amount = sites };

    private static Piece Round(IModel model, Shape sample, int sites, int rows, int epochs, int batch)
    {
        SitedDataset data = Draw.Sites(sample, sites, rows);
        ArmRun run = Run(model, data, epochs, batch, new AllSites(), threads: 1);
        double samples = (double)sites * rows * epochs;
        return new Piece(() => Step(run), samples, Limit.Fma, samples * run.Network.TrainingFlops);
    }

    public static ArmRun Run(IModel model, SitedDataset data, int epochs, int batch, ISelection selection, int threads)
    {
        FederatedArm arm = new()
        {
            Data = new DataSettings { Label = "label" },
            Model = model,
            Rounds = int.MaxValue,
            Selection = selection,
            Training = new TrainingSettings { Optimizer = new Sgd { LearningRate = 0.01f }, BatchSize = batch, LocalEpochs = new EpochRange { Min = epochs, Max = epochs } },
        };
        return ArmRun.Create(arm, model.Build(data.Data.Sample, data.Data.Classes.Count), data, seed: 1, threads);
    }

    public static void Step(ArmRun run)
    {
        if (run.Step(CancellationToken.None) is { } failure)
        {
            throw new InvalidOperationException($"A benchmark's rounds must succeed, but one failed: {failure}");
        }
    }
}

using Atoll.Client.Live.Folder;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Training;

namespace Atoll.Client.Tests.Live;

/// <summary>Training that is interrupted and taken up again, against training that never was.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly RoundTask s_task = new() { Round = 2, Weights = [1, 2, 3], LocalEpochs = 5, Control = [0.1f, 0.2f, 0.3f] };

    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-task-").FullName;

    public CheckpointTests()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<int> Steps => [.. Enumerable.Range(1, 14)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void After_any_step_it_goes_on_to_the_same_bytes(int stop)
    {
        Sgd momentum = new() { LearningRate = 0.02f, Momentum = 0.9f };
        float[] state = [0.5f, 0, -0.5f], again = [0.5f, 0, -0.5f];
        SiteUpdate whole = Client(momentum).Train(s_task, 1, FewRows.Rows.Train, state, 7, CancellationToken.None);

        using CancellationTokenSource cancel = new();
        Should.Throw<OperationCanceledException>(() => Client(momentum).Train(s_task, 1, FewRows.Rows.Train, again, 7, new Keeper(new(_folder), stop, cancel), cancel.Token));
        Keeper second = new(new(_folder), -1, cancel);
        SiteUpdate resumed = Client(momentum).Train(s_task, 1, FewRows.Rows.Train, again, 7, second, CancellationToken.None);

        second.Seen.ShouldBe(15 - stop);
        resumed.Update.ShouldBe(whole.Update);
        resumed.ControlChange.ShouldBe(whole.ControlChange);
        again.ShouldBe(state);
        (resumed.TrainingLoss, resumed.Steps, resumed.Samples).ShouldBe((whole.TrainingLoss, whole.Steps, whole.Samples));
    }

    [Fact]
    public void A_checkpoint_of_another_task_or_a_damaged_one_is_passed_over()
    {
        TaskFiles files = new(_folder);
        OptimizerState optimizer = new([], []);
        CheckpointPoint point = new() { Task = 3, Steps = 2, Samples = 4, Losses = 1.5, OptimizerSteps = 2, Seconds = 1, Energy = [] };
        files.Checkpoint(point, [1, 2, 3], optimizer);
        float[] weights = new float[3];

        files.Restore(4, weights, optimizer).ShouldBeNull();
        weights.ShouldBe([0, 0, 0]);
        files.Restore(3, weights, optimizer)!.Steps.ShouldBe(2);
        string file = Path.Combine(_folder, "checkpoint.safetensors");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        files.Restore(3, weights, optimizer).ShouldBeNull();
    }

    private static SiteTraining Client(IOptimizer optimizer) =>
        new(new LinearRegression().Build(FewRows.Data.Sample, 0), new TrainingSettings { Optimizer = optimizer, BatchSize = 2 }, new Scaffold(), FewRows.Data);

    /// <summary>Puts one step on disk and is interrupted there.</summary>
    private sealed class Keeper(TaskFiles files, int stop, CancellationTokenSource cancel) : ILocalCheckpoint
    {
        public int Seen { get; private set; }

        public TrainingPoint Restore(Span<float> weights, OptimizerState optimizer) => files.Restore(3, weights, optimizer) is { } point ? new(point.Steps, point.Samples, point.Losses) : default;

        public void Stepped(in TrainingPoint point, int steps, ReadOnlySpan<float> weights, OptimizerState optimizer)
        {
            Seen++;
            if (point.Steps == stop)
            {
                files.Checkpoint(new() { Task = 3, Steps = point.Steps, Samples = point.Samples, Losses = point.Losses, OptimizerSteps = optimizer.Steps, Seconds = 0, Energy = [] }, weights, optimizer);
                cancel.Cancel();
            }
        }
    }
}

using System.Diagnostics;
using Atoll.Experiments;
using Atoll.Federation.LocalObjectives;
using Atoll.Footprint.Meters;
using Atoll.Learning.Training;

namespace Atoll.Planning.Workloads;

/// <summary>How fast this machine trains an arm's model, found by training it for a moment on the arm's own rows with a learning rate of 0.</summary>
/// <param name="SamplesPerSecond">Of one worker, while all of them work.</param>
/// <param name="Watts">Of this process, all its workers together; null where nothing meters it.</param>
public sealed record MachinePace(double SamplesPerSecond, double? Watts)
{
    /// <summary>Enough for the just-in-time compiler to have done with the loops that matter.</summary>
    private static readonly TimeSpan Warming = TimeSpan.FromMilliseconds(250), Window = TimeSpan.FromMilliseconds(50);

    private static int _isWarm;

    /// <param name="workers">Sites that train at once.</param>
    public static MachinePace Measure(LoadedArm arm, int workers, IWorkMeter? meter = null)
    {
        Trial[] trials = [.. Enumerable.Range(0, workers).Select(_ => new Trial(arm))];
        Run(trials, Interlocked.Exchange(ref _isWarm, 1) == 0 ? Warming : Window);
        Func<Metered>? stretch = meter?.Start();
        double samplesPerSecond = Run(trials, Window);
        Metered? metered = stretch?.Invoke();
        return new(samplesPerSecond, metered is null || metered.Parts.Count == 0 ? null : metered.Energy.Value / metered.Duration.Value);
    }

    private static double Run(Trial[] trials, TimeSpan window)
    {
        Task[] workers = [.. trials.Select(trial => Task.Factory.StartNew(() => trial.Run(window), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(workers).GetAwaiter().GetResult(); // what one of them throws comes out as it is
        return trials.Average(trial => trial.SamplesPerSecond);
    }

    /// <summary>One worker: its buffers, and what it did in the last window.</summary>
    private sealed class Trial
    {
        private readonly LoadedArm _arm;
        private readonly Trainer _trainer;
        private readonly float[] _weights, _start, _drift;
        private readonly int[] _rows;

        public Trial(LoadedArm arm)
        {
            _arm = arm;
            _trainer = new(arm.Network, arm.Arm.Training.Optimizer, arm.Arm.Training.BatchSize);
            _start = arm.Network.Initialize(seed: 1);
            _weights = [.. _start];
            _drift = Objective is { KeepsSiteState: true } ? new float[_start.Length] : [];
            _rows = arm.Arm is CentralizedArm ? [.. arm.Data.Sites.SelectMany(site => site.Train)] : arm.Data.Sites.MaxBy(site => site.Train.Length)!.Train;
        }

        public double SamplesPerSecond { get; private set; }

        private ILocalObjective? Objective => (_arm.Arm as FederatedArm)?.LocalObjective;

        public void Run(TimeSpan window)
        {
            GradientChange? correction = Objective is { } objective && (objective.KeepsSiteState || objective.Proximal > 0)
                ? (gradient, weights) => GradientCorrection.Apply(gradient, weights, _start, _drift, objective.Proximal)
                : null;
            long samples = 0;
            int steps = 1;
            Stopwatch clock = Stopwatch.StartNew();
            do
            {
                Assignment moment = new(Seed: 1, Client: 0, Round: 1, LearningRate: 0, Epochs: 0, Steps: steps);
                samples += _trainer.Train(_weights, _arm.Data.Data, _rows, moment, correction).Samples;
                steps = clock.Elapsed < window / 8 ? 2 * steps : steps; // whole passes where they are short, few steps where they are long
            }
            while (clock.Elapsed < window);
            SamplesPerSecond = samples / clock.Elapsed.TotalSeconds;
        }
    }
}

using System.Diagnostics;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Footprint.Meters;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Tensors;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Evaluation;
using Atoll.Simulation.Folder;
using Atoll.Simulation.Metering;

namespace Atoll.Simulation;

/// <summary>Runs one arm with one seed from where it is to its end: trains, evaluates, keeps checkpoints, writes the model.</summary>
internal sealed class ArmSession(ArmPlan plan, Arm arm, int repeat, RunFolder folder, string fingerprint, IRunObserver observer, IWorkMeter? meter = null)
{
    /// <summary>A checkpoint is written when this many times its own duration has passed since the last: at most 5 % of the time goes there.</summary>
    private const int CheckpointPatience = 20;

    private string CheckpointFile => folder.CheckpointFile(plan.Name, repeat);

    /// <summary>What it came to, if it has been run to its end; else null.</summary>
    /// <exception cref="RunException">It is damaged, or was begun with other data.</exception>
    /// <remarks>
    /// A finished arm's checkpoint holds no weights any more. Where its model file is no longer the one that was written, the arm is trained again from the
    /// start, to the same bytes.
    /// </remarks>
    public ArmProgress? Finished()
    {
        if (Read()?.Progress is not { IsDone: true } progress)
        {
            return null;
        }
        string model = folder.ModelFile(plan.Name);
        if (progress.ModelSha256 is { } hash && !(File.Exists(model) && SafetensorsFile.Sha256(model) == hash))
        {
            File.Delete(CheckpointFile);
            return null;
        }
        return progress;
    }

    public ArmProgress Run(Network network, SitedDataset data, IReadOnlyList<Metric> metrics, ulong seed, int threads, CancellationToken cancellation, VirtualPace? pace = null)
    {
        ArmRun run = ArmRun.Create(arm, network, data, seed, threads, pace);
        Evaluator evaluator = new(network, data, metrics, threads);
        List<RoundResult> rounds = [];
        double seconds = 0, begun = 0;
        EnergyTally energy = EnergyTally.None, begunEnergy = EnergyTally.None;
        if (Read() is { } saved)
        {
            run.RestoreCounts(saved.Progress.Rounds.Count, saved.Progress.Samples, saved.Progress.BytesUp, saved.Progress.BytesDown);
            Restore(run, saved.Vectors);
            rounds.AddRange(saved.Progress.Rounds);
            (seconds, begun) = (saved.Progress.Seconds, saved.Progress.BegunSeconds);
            (energy, begunEnergy) = (saved.Progress.Energy, saved.Progress.BegunEnergy);
        }
        observer.ArmStarted(plan, repeat, run.Completed);

        string? stopped = null;
        Stopwatch sinceCheckpoint = Stopwatch.StartNew();
        TimeSpan checkpointTime = TimeSpan.Zero;
        Stopwatch clock = new();
        Func<Metered>? stretch = null;
        try
        {
            while (run.Completed < run.Rounds && stopped is null)
            {
                (long samples, long up, long down) = (run.Samples, run.BytesUp, run.BytesDown);
                stretch = meter?.Start(); // outside the clock: the meter's own reading is no training
                clock.Restart();
                stopped = run.Step(cancellation);
                double roundSeconds = begun + clock.Elapsed.TotalSeconds;
                EnergyTally roundEnergy = begunEnergy.Plus(End(ref stretch));
                (begun, begunEnergy) = (0, EnergyTally.None);
                if (stopped is not null)
                {
                    break;
                }
                RoundResult round = Evaluated(run, evaluator, roundSeconds);
                if (round.Loss is { } loss && !double.IsFinite(loss))
                {
                    stopped = $"Training diverged by {(arm is FederatedArm ? "round" : "epoch")} {run.Completed}: on the test rows of site {evaluator.FirstDiverged()} its loss is {loss}. A smaller learning rate may help.";
                    run.RestoreCounts(rounds.Count, samples, up, down); // what a round that is not kept cost is not counted, wherever it was found out
                    break;
                }
                seconds += roundSeconds;
                energy = energy.Plus(roundEnergy);
                rounds.Add(round);
                observer.RoundCompleted(plan, repeat, round);
                if (run.Completed < run.Rounds && sinceCheckpoint.Elapsed > CheckpointPatience * checkpointTime)
                {
                    clock.Restart();
                    Checkpoint.Write(CheckpointFile, Progress(), run.Save());
                    checkpointTime = clock.Elapsed;
                    sinceCheckpoint.Restart();
                }
            }
        }
        catch (OperationCanceledException)
        {
            double roundSeconds = begun + clock.Elapsed.TotalSeconds;
            EnergyTally roundEnergy = begunEnergy.Plus(End(ref stretch));
            (begun, begunEnergy) = run.HasBegunRound ? (roundSeconds, roundEnergy) : (0, EnergyTally.None);
            Checkpoint.Write(CheckpointFile, Progress(), run.Save());
            throw;
        }
        finally
        {
            stretch?.Invoke(); // of a round that failed: the meter is to be free for whoever comes next
        }

        ArmProgress done = Progress() with { Stopped = stopped };
        if (stopped is null)
        {
            evaluator.Predict(run, CancellationToken.None);
            done = done with { Final = evaluator.Final(), ModelSha256 = repeat == 0 ? WriteModel(run) : null };
        }
        Checkpoint.Write(CheckpointFile, done, []);
        observer.ArmCompleted(plan, repeat, stopped);
        return done;

        ArmProgress Progress() => new()
        {
            Rounds = [.. rounds],
            Data = fingerprint,
            Samples = run.Samples,
            BytesUp = run.BytesUp,
            BytesDown = run.BytesDown,
            Seconds = seconds,
            BegunSeconds = begun,
            Energy = energy,
            BegunEnergy = begunEnergy,
        };
    }

    private static EnergyTally End(ref Func<Metered>? stretch)
    {
        Func<Metered>? running = stretch;
        stretch = null;
        return running is null ? EnergyTally.None : EnergyTally.Of(running());
    }

    private (ArmProgress Progress, IReadOnlyDictionary<string, float[]> Vectors)? Read()
    {
        if (Checkpoint.Read(CheckpointFile) is not { } saved)
        {
            return null;
        }
        return saved.Progress.Data == fingerprint ? saved : throw new RunException(
            $"{CheckpointFile} was begun with other data: its rows and sites have sha256 {saved.Progress.Data}, but those of today {fingerprint}. Restore the files, or begin a new run.");
    }

    private void Restore(ArmRun run, IReadOnlyDictionary<string, float[]> vectors)
    {
        try
        {
            run.Restore(vectors);
        }
        catch (InvalidOperationException e)
        {
            throw new RunException($"A checkpoint must be of its own arm, but {CheckpointFile} is not: {e.Message} Delete it to begin its arm anew.", e);
        }
    }

    private RoundResult Evaluated(ArmRun run, Evaluator evaluator, double seconds)
    {
        bool due = run.Completed % arm.EvaluateEvery == 0 || run.Completed == run.Rounds;
        if (due)
        {
            evaluator.Predict(run, CancellationToken.None); // a completed round is not lost to a cancellation that comes now
        }
        return new RoundResult
        {
            Round = run.Completed,
            Loss = due ? evaluator.Loss() : null,
            Metrics = due ? evaluator.Pooled() : [],
            Bytes = run.BytesUp + run.BytesDown,
            Seconds = seconds,
            VirtualSeconds = run.Clock?.TotalSeconds,
        };
    }

    /// <summary>One model, or one a site under <c>SITE/</c> where every site is alone.</summary>
    private string WriteModel(ArmRun run)
    {
        IReadOnlyList<NamedTensor> tensors = run.IsShared
            ? ModelTensors.Of(run.Network, run.WeightsOf(0))
            : [.. run.Data.Sites.SelectMany((site, i) => ModelTensors.Of(run.Network, run.WeightsOf(i), site.Name + "/"))];
        return SafetensorsFile.Write(folder.ModelFile(plan.Name), tensors, new Dictionary<string, string> { ["arm"] = plan.Name, ["format"] = "atoll" });
    }
}

using System.Diagnostics;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Partitioning;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Folder;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>A run that was interrupted, and one that was killed, end in the same bytes as one that was left alone.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Interrupted_after_any_round_of_any_arm_a_run_goes_on_to_the_same_bytes()
    {
        Experiment experiment = _lab.ThreeClasses();
        string whole = _lab.NewFolder();
        _lab.Run(experiment, whole);

        foreach ((string arm, int round) in experiment.Arms.Keys.SelectMany(arm => Enumerable.Range(1, 4).Select(round => (arm, round))))
        {
            string folder = _lab.NewFolder();
            bool finished = InterruptAt(experiment, folder, arm, 0, round);

            if (!finished)
            {
                RunFolder.IsUnfinished(folder).ShouldBeTrue();
                Watcher resumed = new();
                _lab.Resume(experiment, folder, observer: resumed);
                resumed.Seen.ShouldNotContain($"{arm}/0:{round}", $"{arm} had done round {round} and must not do it again.");
            }
            AssertSame(folder, whole, $"interrupted in {arm} after round {round}");
        }
    }

    [Fact]
    public void A_model_that_is_gone_or_no_longer_what_was_written_is_trained_again_to_the_same_bytes()
    {
        Experiment experiment = _lab.ThreeClasses();
        string whole = _lab.NewFolder(), folder = _lab.NewFolder();
        _lab.Run(experiment, whole);
        string[] arms = [.. experiment.Arms.Keys];
        InterruptAt(experiment, folder, arms[2], 0, 1).ShouldBeFalse();

        File.Delete(Path.Combine(folder, "models", $"{arms[0]}.safetensors"));
        File.WriteAllText(Path.Combine(folder, "models", $"{arms[1]}.safetensors"), "junk");
        _lab.Resume(experiment, folder);

        AssertSame(folder, whole, "resumed over a missing and a spoilt model");
    }

    [Fact]
    public void Killed_at_any_time_a_run_goes_on_from_what_is_on_disk_to_the_same_bytes()
    {
        Experiment experiment = _lab.ThreeClasses();
        string whole = _lab.NewFolder();
        _lab.Run(experiment, whole);

        foreach (string arm in experiment.Arms.Keys)
        {
            string folder = _lab.NewFolder(), copy = _lab.NewFolder();
            _lab.Run(experiment, folder, observer: new Watcher(arm, 0, 3, () => Copy(folder, copy)));

            _lab.Resume(experiment, copy, threads: 3);

            AssertSame(copy, whole, $"killed in {arm}", withThreads: false);
        }
    }

    [Fact]
    public void Interrupted_again_and_again_a_run_still_ends_in_the_same_bytes()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 3 }
              scaffold: { kind: federated, rounds: 5, local-objective: { kind: scaffold }, server-optimizer: { kind: fed-adam, learning-rate: 0.01 } }
            """);
        string whole = _lab.NewFolder(), folder = _lab.NewFolder();
        _lab.Run(experiment, whole);
        InterruptAt(experiment, folder, "centralized", 0, 1).ShouldBeFalse();

        for (int round = 1; round < 5; round++)
        {
            using CancellationTokenSource source = new();
            Should.Throw<OperationCanceledException>(() => _lab.Resume(experiment, folder, 1 + round % 3, new Watcher("scaffold", 0, round, source.Cancel), source.Token));
        }
        _lab.Resume(experiment, folder);

        AssertSame(folder, whole, "interrupted five times");
    }

    [Fact]
    public void A_run_over_several_seeds_goes_on_in_the_seed_that_was_interrupted()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 3 }
              feddyn: { kind: federated, rounds: 3, local-objective: { kind: fed-dyn } }
            """).WithEveryArm(arm => arm with { Data = arm.Data with { Site = null, Ignore = ["site"] }, Partition = new Iid { Sites = 4 } });
        string whole = _lab.NewFolder();
        RunResult expected = Lab.Run(_lab.Request(experiment, whole) with { Repeat = 3 });
        expected.Repeats.ShouldBe(3);

        foreach ((string arm, int repeat) in new[] { ("centralized", 0), ("feddyn", 1), ("centralized", 2), ("feddyn", 2) })
        {
            string folder = _lab.NewFolder();
            InterruptAt(experiment, folder, arm, repeat, 2, repeats: 3).ShouldBeFalse();

            Watcher resumed = new();
            _lab.Resume(experiment, folder, observer: resumed);

            resumed.Seen[0].ShouldBe($"{arm}/{repeat} from 2");
            AssertSame(folder, whole, $"interrupted in {arm} with seed {repeat}");
        }
    }

    [Theory]
    [InlineData("centralized")]
    [InlineData("central-momentum")]
    [InlineData("local")]
    [InlineData("scaffold")]
    [InlineData("feddyn")]
    [InlineData("fedbuff")]
    public void Cancelled_in_the_midst_of_a_round_an_arm_ends_it_later_with_the_same_bytes(string arm)
    {
        Experiment experiment = _lab.ThreeClasses().WithEveryArm(a => a with { Training = a.Training with { BatchSize = 1, LocalEpochs = new() { Min = 40, Max = 40 } } });
        (SitedDataset data, Network network) = Lab.Prepared(experiment, arm);
        // The same rows over and over, so that a round takes milliseconds.
        data = data with { Sites = [.. data.Sites.Select(site => site with { Train = [.. Enumerable.Repeat(site.Train, arm is "scaffold" or "feddyn" ? 1 : 40).SelectMany(rows => rows)] })] };
        int cancelled = 0, begun = 0;
        ArmRun whole = ArmRun.Create(experiment.Arms[arm], network, data, experiment.Seed, threads: 2);
        whole.Step(CancellationToken.None).ShouldBeNull();
        whole.Step(CancellationToken.None).ShouldBeNull();
        Dictionary<string, float[]> expected = Vectors(whole);
        TimeSpan round = TimeSpan.Zero;
        for (int attempt = 0; attempt < 12; attempt++)
        {
            ArmRun run = ArmRun.Create(experiment.Arms[arm], network, data, experiment.Seed, threads: 1);
            run.Step(CancellationToken.None).ShouldBeNull();
            Dictionary<string, float[]> before = Vectors(run);
            using CancellationTokenSource source = new();
            long start = Stopwatch.GetTimestamp();
            Thread cancel = new(() =>
            {
                SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start) > round * (attempt / 12.0));
                source.Cancel();
            });
            cancel.Start();
            try
            {
                run.Step(attempt == 0 ? CancellationToken.None : source.Token).ShouldBeNull();
                round = Stopwatch.GetElapsedTime(start);
            }
            catch (OperationCanceledException)
            {
                cancelled++;
                run.Completed.ShouldBe(1);
                Dictionary<string, float[]> after = Vectors(run);
                if (run.HasBegunRound)
                {
                    begun++; // sites that were done with the epoch are as they will be, all others as they were
                    after.ShouldAllBe(vector => vector.Key == "done" || vector.Value.SequenceEqual(before[vector.Key]) || vector.Value.SequenceEqual(expected[vector.Key]));
                }
                else
                {
                    AssertSame(after, before);
                }
                ArmRun resumed = ArmRun.Create(experiment.Arms[arm], network, data, experiment.Seed, threads: 1);
                resumed.RestoreCounts(1, run.Samples, run.BytesUp, run.BytesDown);
                resumed.Restore(after);
                resumed.Step(CancellationToken.None).ShouldBeNull();
                resumed.Samples.ShouldBe(whole.Samples);
                AssertSame(Vectors(resumed), expected);
            }
            cancel.Join();
        }
        cancelled.ShouldBeGreaterThan(0);
        (begun > 0).ShouldBe(arm == "local");

        static void AssertSame(Dictionary<string, float[]> vectors, Dictionary<string, float[]> those)
        {
            vectors.Keys.ShouldBe(those.Keys);
            vectors.ShouldAllBe(vector => vector.Value.SequenceEqual(those[vector.Key]));
        }

        static Dictionary<string, float[]> Vectors(ArmRun run) => run.Save().ToDictionary(v => v.Name, v => (float[])[.. v.Vector]);
    }

    [Fact]
    public void A_run_cancelled_before_its_first_round_leaves_what_can_be_resumed()
    {
        Experiment experiment = _lab.ThreeClasses();
        string whole = _lab.NewFolder(), folder = _lab.NewFolder();
        _lab.Run(experiment, whole);

        Should.Throw<OperationCanceledException>(() => _lab.Run(experiment, folder, cancellation: new CancellationToken(canceled: true)));
        _lab.Resume(experiment, folder);

        AssertSame(folder, whole, "cancelled at once");
    }

    [Fact]
    public void A_finished_run_gives_its_stored_result_and_trains_nothing()
    {
        Experiment experiment = _lab.ThreeClasses();
        string folder = _lab.NewFolder();
        _lab.Run(experiment, folder);
        byte[] stored = File.ReadAllBytes(Path.Combine(folder, "result.json"));

        Watcher watcher = new();
        RunResult again = _lab.Resume(experiment, folder, observer: watcher);

        watcher.Seen.ShouldBeEmpty();
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(again, RunResultJson.Default.RunResult).ShouldBe(stored);
        Directory.Exists(Path.Combine(folder, "state")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut")]
    [InlineData("gone")]
    public void A_finished_run_whose_model_is_no_longer_its_own_is_not_called_done(string how)
    {
        Experiment experiment = _lab.ThreeClasses();
        string folder = _lab.NewFolder(), model = Path.Combine(folder, "models", "fedavg.safetensors");
        string hash = _lab.Run(experiment, folder).Arms.Single(arm => arm.Name == "fedavg").ModelSha256!;
        byte[] written = File.ReadAllBytes(model), bytes = how == "cut" ? written[..^1] : [.. written];
        bytes[^1] ^= 1;
        File.Delete(model);
        if (how != "gone")
        {
            File.WriteAllBytes(model, bytes);
        }
        Dictionary<string, byte[]> before = Files();

        Should.Throw<RunException>(() => _lab.Resume(experiment, folder)).Message
            .ShouldStartWith($"A run folder must be whole, but {model} is not: it must have sha256 {hash}, but {(how == "gone" ? "is not there." : "has ")}");

        Dictionary<string, byte[]> after = Files();
        after.Keys.ShouldBe(before.Keys, ignoreOrder: true);
        after.ShouldAllBe(file => file.Value.SequenceEqual(before[file.Key]));
        File.WriteAllBytes(model, written);
        _lab.Resume(experiment, folder);

        Dictionary<string, byte[]> Files() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes);
    }

    /// <returns>Whether the run had come to its end before it could be interrupted.</returns>
    private bool InterruptAt(Experiment experiment, string folder, string arm, int repeat, int round, int? repeats = null)
    {
        using CancellationTokenSource source = new();
        try
        {
            Lab.Run(_lab.Request(experiment, folder) with { Repeat = repeats }, new Watcher(arm, repeat, round, source.Cancel), source.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static void AssertSame(string folder, string whole, string when, bool withThreads = true)
    {
        Lab.Models(folder).ShouldBe(Lab.Models(whole), when);
        Lab.ResultText(folder, withThreads).ShouldBe(Lab.ResultText(whole, withThreads), when);
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["experiment.yaml", "models", "plan.json", "result.json"], ignoreOrder: true);
    }

    /// <summary>What a disk would hold if the process were gone this moment.</summary>
    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "lock"))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        Directory.CreateDirectory(Path.Combine(to, "models"));
    }
}

using System.Text;
using Atoll.Experiments;
using Atoll.Simulation.Folder;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests;

/// <summary>A run folder is never mixed with another's, and nothing in it is lost.</summary>
public sealed class RunFolderTests : IDisposable
{
    private const string TwoArms = """
        centralized: { kind: centralized, epochs: 3 }
          fedavg: { kind: federated, rounds: 3 }
        """;

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void A_folder_that_holds_something_is_refused_and_left_as_it_was()
    {
        string folder = _lab.NewFolder();
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "years of work");

        Should.Throw<RunException>(() => _lab.Run(_lab.ThreeClasses(TwoArms), folder)).Message.ShouldContain($"must be new or empty, but {folder} is there already");

        Contents(folder).ShouldBe(new() { ["thesis.txt"] = "years of work" });
    }

    [Fact]
    public void A_finished_run_is_not_run_over()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = _lab.NewFolder();
        _lab.Run(experiment, folder);
        var before = Contents(folder);

        Should.Throw<RunException>(() => _lab.Run(experiment, folder));

        Contents(folder).ShouldBe(before);
    }

    [Fact]
    public void An_empty_folder_is_used() => _lab.Run(_lab.ThreeClasses(TwoArms), Directory.CreateDirectory(_lab.NewFolder()).FullName).Arms.Count.ShouldBe(2);

    [Fact]
    public void What_a_run_left_that_died_at_once_is_no_obstacle_but_anything_more_is()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = _lab.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        File.WriteAllText(Path.Combine(folder, "state", "lock"), "");

        File.WriteAllText(Path.Combine(folder, "models", "mine.txt"), "mine");
        Should.Throw<RunException>(() => _lab.Run(experiment, folder)).Message.ShouldContain("must be new or empty");
        File.Delete(Path.Combine(folder, "models", "mine.txt"));

        _lab.Run(experiment, folder).Arms.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("state/run.json.part")]
    [InlineData("state/run.json")]
    [InlineData("state/run.json", "experiment.yaml.part")]
    public void What_a_run_left_that_was_killed_while_it_began_is_no_obstacle_and_not_to_be_resumed(params string[] left)
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = _lab.NewFolder();
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        foreach (string name in left.Prepend("state/lock"))
        {
            File.WriteAllText(Path.Combine(folder, name), name.EndsWith(".json", StringComparison.Ordinal) ? """{"atoll":"0","repeat":1,"data":"0"}""" : "na");
        }
        RunFolder.IsUnfinished(folder).ShouldBeFalse();
        Should.Throw<RunException>(() => _lab.Resume(experiment, folder)).Message.ShouldContain("holds no experiment.yaml");

        _lab.Run(experiment, folder).Arms.Count.ShouldBe(2);

        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["experiment.yaml", "models", "plan.json", "result.json"], ignoreOrder: true);
    }

    [Fact]
    public void Resuming_is_suggested_only_where_there_is_a_run()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string begun = Interrupted(experiment), other = _lab.NewFolder();
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Combine(other, "thesis.txt"), "years of work");

        RunException there = Should.Throw<RunException>(() => _lab.Run(experiment, begun)), none = Should.Throw<RunException>(() => _lab.Run(experiment, other));

        (there.CouldResume, there.Message).ShouldBe((true, $"The run folder must be new or empty, but {begun} is there already. Choose another, or resume the run that it holds."));
        (none.CouldResume, none.Message).ShouldBe((false, $"The run folder must be new or empty, but {other} is there already. Choose another."));
    }

    [Fact]
    public void The_plan_of_a_run_to_resume_has_its_number_of_seeds()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = _lab.NewFolder();
        RunRequest resume = _lab.Request(experiment, folder) with { Resume = true };
        using CancellationTokenSource source = new();
        Should.Throw<OperationCanceledException>(() => Lab.Run(_lab.Request(experiment, folder) with { Repeat = 3 }, new Watcher("fedavg", 0, 1, source.Cancel), source.Token));

        ExperimentRun.Prepare(resume).Plan.Repeat.ShouldBe(3);
        Lab.Run(resume);
        ExperimentRun.Prepare(resume).Plan.Repeat.ShouldBe(3);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused_and_left_as_it_was()
    {
        string file = _lab.Write("notes", "years of work");

        Should.Throw<RunException>(() => _lab.Run(_lab.ThreeClasses(TwoArms), file));

        File.ReadAllText(file).ShouldBe("years of work");
    }

    [Fact]
    public void A_folder_without_a_run_cannot_be_resumed_and_nothing_is_made_there()
    {
        string folder = _lab.NewFolder();

        Should.Throw<RunException>(() => _lab.Resume(_lab.ThreeClasses(TwoArms), folder)).Message.ShouldContain("holds no experiment.yaml");

        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public void Another_experiment_another_seed_and_other_arms_are_refused()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = Interrupted(experiment);
        var before = Contents(folder);

        foreach (RunRequest other in new[]
        {
            _lab.Request(_lab.ThreeClasses(TwoArms, "metrics: [accuracy]"), folder),
            _lab.Request(experiment with { Seed = 4 }, folder),
            _lab.Request(experiment, folder) with { Arms = ["centralized"] },
        })
        {
            Should.Throw<RunException>(() => Lab.Run(other with { Resume = true })).Message.ShouldContain("belongs to another experiment");
        }
        Contents(folder).ShouldBe(before);
    }

    [Fact]
    public void Another_number_of_seeds_is_refused_while_the_run_is_under_way_and_when_it_is_done()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = Interrupted(experiment);

        Ask().Message.ShouldContain("has 1 seeds and can be resumed with no other number, but 3 were asked for.");
        _lab.Resume(experiment, folder);
        Ask().Message.ShouldContain("has 1 seeds and can be resumed with no other number, but 3 were asked for.");

        RunException Ask() => Should.Throw<RunException>(() => Lab.Run(_lab.Request(experiment, folder) with { Resume = true, Repeat = 3 }));
    }

    [Fact]
    public void Rows_that_changed_since_the_run_began_are_refused()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = Interrupted(experiment);
        string rows = Rows.ThreeClasses();
        _lab.Write("rows.csv", rows.Replace("s1,k1", "s1,k2", StringComparison.Ordinal));

        Should.Throw<RunException>(() => _lab.Resume(experiment, folder)).Message.ShouldContain("was begun with other data");

        _lab.Write("rows.csv", rows);
        _lab.Resume(experiment, folder).Arms.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("fedavg.1.safetensors")] // under way
    [InlineData("centralized.1.safetensors")] // done
    public void A_later_seeds_rows_that_changed_are_refused_too(string checkpoint)
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = InterruptedInSeed2();
        string rows = Rows.ThreeClasses();
        _lab.Write("rows.csv", rows.Replace("s1,k1", "s1,k2", StringComparison.Ordinal));
        string other = InterruptedInSeed2(), file = Path.Combine(folder, "state", checkpoint);
        _lab.Write("rows.csv", rows);
        byte[] good = File.ReadAllBytes(file);
        File.Copy(Path.Combine(other, "state", checkpoint), file, overwrite: true);

        Should.Throw<RunException>(() => _lab.Resume(experiment, folder)).Message.ShouldStartWith($"{file} was begun with other data");

        File.WriteAllBytes(file, good);
        _lab.Resume(experiment, folder).Repeats.ShouldBe(2);

        string InterruptedInSeed2()
        {
            string begun = _lab.NewFolder();
            using CancellationTokenSource source = new();
            Should.Throw<OperationCanceledException>(() => Lab.Run(_lab.Request(experiment, begun) with { Repeat = 2 }, new Watcher("fedavg", 1, 1, source.Cancel), source.Token));
            return begun;
        }
    }

    [Fact]
    public void Another_version_of_the_program_does_not_go_on_with_a_run()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = Interrupted(experiment), state = Path.Combine(folder, "state", "run.json");
        File.WriteAllText(state, File.ReadAllText(state).Replace($"\"{ExperimentRun.Version}\"", "\"0.0.1-old\"", StringComparison.Ordinal));

        Should.Throw<RunException>(() => _lab.Resume(experiment, folder)).Message.ShouldContain("was begun by Atoll 0.0.1-old");
    }

    [Fact]
    public void Two_runs_cannot_share_a_folder()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string whole = _lab.NewFolder(), folder = _lab.NewFolder();
        _lab.Run(experiment, whole);
        Exception? second = null;

        _lab.Run(experiment, folder, observer: new Watcher("fedavg", 0, 2, () => second = Record.Exception(() => _lab.Resume(experiment, folder))));

        second.ShouldBeOfType<RunException>().Message.ShouldContain($"Another process is running in {folder}");
        Lab.Models(folder).ShouldBe(Lab.Models(whole)); // and the first was not disturbed
    }

    [Fact]
    public void A_damaged_checkpoint_is_named_and_costs_only_its_arm()
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string whole = _lab.NewFolder();
        _lab.Run(experiment, whole);
        string folder = Interrupted(experiment), file = Path.Combine(folder, "state", "fedavg.0.safetensors");
        byte[] good = File.ReadAllBytes(file);

        foreach (byte[] bad in new[] { Changed(good, good.Length - 3), Changed(good, 300), Changed(good, 0), good[..^5], good[..20], [] }) // 300: in the progress
        {
            File.WriteAllBytes(file, bad);
            var before = Contents(folder);
            RunException refused = Should.Throw<RunException>(() => _lab.Resume(experiment, folder));
            refused.Message.ShouldContain(file);
            refused.Message.ShouldContain("Delete it to begin its arm anew");
            Contents(folder).ShouldBe(before);
        }

        File.Delete(file);
        Watcher watcher = new();
        _lab.Resume(experiment, folder, observer: watcher);
        watcher.Seen[0].ShouldBe("fedavg/0 from 0"); // the baseline was done, and is not done again
        Lab.Models(folder).ShouldBe(Lab.Models(whole));
    }

    [Fact]
    public void Another_arms_checkpoint_is_refused()
    {
        Experiment experiment = _lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 3 }
              fedavg: { kind: federated, rounds: 3 }
            """);
        string folder = Interrupted(experiment), other = Interrupted(_lab.ThreeClasses("""
            centralized: { kind: centralized, epochs: 3 }
              fedavg: { kind: federated, rounds: 3, server-optimizer: { kind: fed-adam, learning-rate: 0.1 } }
            """));
        string file = Path.Combine("state", "fedavg.0.safetensors");
        File.Copy(Path.Combine(other, file), Path.Combine(folder, file), overwrite: true);

        Should.Throw<RunException>(() => _lab.Resume(experiment, folder)).Message.ShouldContain("must be of its own arm");
    }

    [Theory]
    [InlineData("state/run.json")]
    [InlineData("result.json")]
    public void Other_damaged_files_are_named(string name)
    {
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string folder = Interrupted(experiment);
        File.WriteAllText(Path.Combine(folder, name), "{ \"name\": ");

        Should.Throw<RunException>(() => _lab.Resume(experiment, folder)).Message.ShouldContain(Path.Combine(folder, name));
    }

    [Fact]
    public void A_file_that_cannot_be_written_surfaces_and_the_run_can_go_on_when_it_can()
    {
        // A folder in the file's place: cannot be written by anyone, not even root.
        Experiment experiment = _lab.ThreeClasses(TwoArms);
        string whole = _lab.NewFolder();
        _lab.Run(experiment, whole);
        foreach (string name in new[] { "models/fedavg.safetensors", "state/fedavg.0.safetensors", "state/centralized.0.safetensors", "result.json" })
        {
            string folder = _lab.NewFolder(), obstacle = Path.Combine(folder, name);
            Exception? failed = Record.Exception(() => _lab.Run(experiment, folder, observer: new Watcher("centralized", 0, 1, () => Obstruct(obstacle))));
            (failed is IOException or UnauthorizedAccessException).ShouldBeTrue($"{name}: {failed}");
            Directory.GetFiles(folder, "*.part*", SearchOption.AllDirectories).ShouldBeEmpty();

            Directory.Delete(obstacle, recursive: true);
            _lab.Resume(experiment, folder);

            Lab.Models(folder).ShouldBe(Lab.Models(whole), name);
            Lab.ResultText(folder).ShouldBe(Lab.ResultText(whole), name);
        }

        static void Obstruct(string path)
        {
            File.Delete(path);
            Directory.CreateDirectory(Path.Combine(path, "in-the-way"));
        }
    }

    /// <summary>A run with its baseline done and one of three rounds of <c>fedavg</c>.</summary>
    private string Interrupted(Experiment experiment)
    {
        string folder = _lab.NewFolder();
        using CancellationTokenSource source = new();
        Should.Throw<OperationCanceledException>(() => _lab.Run(experiment, folder, observer: new Watcher("fedavg", 0, 1, source.Cancel), cancellation: source.Token));
        return folder;
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        changed[at] ^= 1;
        return changed;
    }

    private static Dictionary<string, string> Contents(string folder) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => Encoding.Latin1.GetString(File.ReadAllBytes(file)));
}

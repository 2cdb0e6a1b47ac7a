using Atoll.Cli.Running;

namespace Atoll.Cli.Tests.Running;

public sealed class RunsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 30, 59, TimeSpan.Zero);
    private readonly string _parent = Directory.CreateTempSubdirectory("atoll-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void A_run_is_kept_under_its_name_and_time() => Runs.New("digits", Noon).ShouldBe(Path.Combine("runs", "digits-20260504-123059"));

    [Fact]
    public void A_folder_cannot_lie_in_a_file()
    {
        string file = Path.Combine(_parent, "file");
        File.WriteAllText(file, "");

        CommandException refused = Should.Throw<CommandException>(() => Runs.RequireFree(Path.Combine(file, "a", "b"), ""));

        refused.Message.ShouldBe($"--out must lie in a folder, but {file} is a file. Choose another.");
        refused.ExitCode.ShouldBe(ExitCode.BadInput);
        Runs.RequireFree(Path.Combine(_parent, "new", "run"), "");
    }

    [Fact]
    public void Two_runs_in_one_second_are_kept_apart()
    {
        Directory.CreateDirectory(Runs.New("digits", Noon, _parent));

        Runs.New("digits", Noon, _parent).ShouldBe(Path.Combine(_parent, "digits-20260504-123059-2"));
    }

    [Fact]
    public void The_newest_run_of_that_name_without_a_result_is_gone_on_with()
    {
        Unfinished("digits-20260504-123059");
        string newest = Unfinished("digits-20260504-123059-2");
        File.WriteAllText(Path.Combine(Unfinished("digits-20260505-000000"), "result.json"), "{}");
        Directory.CreateDirectory(Path.Combine(_parent, "digits-20260506-000000"));
        Unfinished("digits-large-20260507-000000");

        Runs.NewestUnfinished("digits", _parent).ShouldBe(newest);
    }

    [Fact]
    public void Nothing_to_go_on_with_is_said() =>
        Should.Throw<CommandException>(() => Runs.NewestUnfinished("digits", _parent)).Message
            .ShouldBe($"--resume needs an unfinished run of digits in {_parent}, but there is none. Name another place with --out FOLDER.");

    [Fact]
    public void The_command_to_go_on_can_be_pasted_into_a_shell()
    {
        RunChoices choices = new() { Path = "my file's.yaml", Arms = ["fedavg"], Seed = 3, Repeat = 5 };

        string command = choices.ResumeCommand("runs/x");

        if (!OperatingSystem.IsWindows())
        {
            command.ShouldEndWith("run 'my file'\\''s.yaml' --resume --out runs/x --arm fedavg --seed 3 --repeat 5");
        }
    }

    [Fact]
    public void Processes_that_begin_at_once_are_kept_apart()
    {
        string[] folders = new string[8];

        Parallel.For(0, folders.Length, new ParallelOptions { MaxDegreeOfParallelism = folders.Length }, i => folders[i] = Runs.Claim("digits", Noon, _parent));

        folders.ShouldBeUnique();
    }

    [Fact]
    public void A_claim_that_no_run_followed_is_not_gone_on_with()
    {
        Runs.Claim("digits", Noon, _parent);

        Should.Throw<CommandException>(() => Runs.NewestUnfinished("digits", _parent));
    }

    private string Unfinished(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_parent, name, "state")).Parent!.FullName;
        File.WriteAllText(Path.Combine(folder, "experiment.yaml"), "");
        return folder;
    }
}

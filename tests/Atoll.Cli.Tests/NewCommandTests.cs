using Atoll.Experiments;

namespace Atoll.Cli.Tests;

public sealed class NewCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_new_folder_holds_an_experiment_of_its_name()
    {
        (await _shell.Run("new", _shell.At("trial"))).ShouldBe(ExitCode.Success);

        ExperimentFile.Read(_shell.At("trial")).Name.ShouldBe("trial");
        _shell.Output.ShouldContain("Next: atoll run");
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_overwritten()
    {
        string folder = _shell.At("trial");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "experiment.yaml");
        File.WriteAllText(file, "mine");

        (await _shell.Run("new", folder)).ShouldBe(ExitCode.BadInput);

        File.ReadAllText(file).ShouldBe("mine");
        _shell.Error.ShouldContain("is there already: nothing was written.");
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_left_alone()
    {
        string taken = _shell.At("trial");
        File.WriteAllText(taken, "mine");

        (await _shell.Run("new", taken)).ShouldBe(ExitCode.BadInput);

        File.ReadAllText(taken).ShouldBe("mine");
    }

    [Fact]
    public async Task A_name_that_is_no_folder_everywhere_is_refused()
    {
        (await _shell.Run("new", _shell.At("a b"))).ShouldBe(ExitCode.Usage);

        _shell.Error.ShouldContain("(was \"a b\")");
        Directory.GetFileSystemEntries(_shell.Folder).ShouldBeEmpty();
    }
}

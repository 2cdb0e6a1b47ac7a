using System.CommandLine;
using Atoll.Experiments;

namespace Atoll.Cli.Tests;

public sealed class NewCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-").FullName;
    private readonly StringWriter _output = new(), _errors = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_new_folder_holds_an_experiment_of_its_name()
    {
        Run(Path.Combine(_folder, "trial")).ShouldBe(ExitCode.Success);

        ExperimentFile.Read(Path.Combine(_folder, "trial")).Name.ShouldBe("trial");
        _output.ToString().ShouldContain("Next: atoll run");
    }

    [Fact]
    public void A_file_that_is_there_is_never_overwritten()
    {
        string folder = Path.Combine(_folder, "trial");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, "experiment.yaml");
        File.WriteAllText(file, "mine");

        Run(folder).ShouldBe(ExitCode.BadInput);

        File.ReadAllText(file).ShouldBe("mine");
        _errors.ToString().ShouldContain("is there already: nothing was written.");
    }

    [Fact]
    public void A_file_in_the_folders_place_is_left_alone()
    {
        string taken = Path.Combine(_folder, "trial");
        File.WriteAllText(taken, "mine");

        Run(taken).ShouldBe(ExitCode.BadInput);

        File.ReadAllText(taken).ShouldBe("mine");
    }

    [Fact]
    public void A_name_that_is_no_folder_everywhere_is_refused()
    {
        Run(Path.Combine(_folder, "a b")).ShouldBe(ExitCode.Usage);

        _errors.ToString().ShouldContain("(was \"a b\")");
        Directory.GetFileSystemEntries(_folder).ShouldBeEmpty();
    }

    private int Run(string folder) => NewCommand.Create().Parse([folder]).Invoke(new() { Output = _output, Error = _errors });
}

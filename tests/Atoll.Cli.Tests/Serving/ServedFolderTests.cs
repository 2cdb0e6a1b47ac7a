using Atoll.Cli.Serving;
using Atoll.Experiments;

namespace Atoll.Cli.Tests.Serving;

public sealed class ServedFolderTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly Experiment _experiment;

    public ServedFolderTests()
    {
        _shell.Write("rows.csv", Samples.Csv);
        _experiment = ExperimentFile.Read(_shell.Write("experiment.yaml", Samples.Experiment()));
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_newest_run_of_the_experiment_is_gone_on_with()
    {
        Begin("20260504-120000");
        string newest = Begin("20260504-130000").Folder;
        ServedFolder.Create(Folder("20260504-140000"), _experiment with { Seed = _experiment.Seed + 1 }, ["a"], new() { Path = "" }, DateTimeOffset.UtcNow);

        ServedFolder.Unfinished(_experiment, Parent).ShouldBe(newest);
    }

    /// <summary>Its coordinator was killed while sites came for the end: they still do.</summary>
    [Fact]
    public void A_run_that_has_its_result_is_gone_on_with_until_a_coordinator_has_waited_for_the_sites()
    {
        (string folder, ServedFolder served) = Begin("20260504-120000");
        File.WriteAllText(Path.Combine(folder, "result.json"), "{}");
        ServedFolder.Unfinished(_experiment, Parent).ShouldBe(folder);

        (served with { IsConcluded = true }).Write(folder);

        ServedFolder.Unfinished(_experiment, Parent).ShouldBeNull();
    }

    private string Parent => _shell.At("runs");

    private string Folder(string time) => Path.Combine(Parent, $"{_experiment.Name}-{time}");

    private (string Folder, ServedFolder Served) Begin(string time) => (Folder(time), ServedFolder.Create(Folder(time), _experiment, ["a", "b"], new() { Path = "" }, DateTimeOffset.UtcNow));
}

using System.Text.Json;
using Atoll.Experiments.Results;
using Atoll.Learning.Data.Catalog;

namespace Atoll.Cli.Tests.Datasets;

public sealed class DataCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_list_names_every_data_set()
    {
        (await _shell.Run("data", "list")).ShouldBe(ExitCode.Success);

        DataCatalog.Entries.ShouldAllBe(entry => _shell.Output.Contains(entry.Name));
    }

    [Fact]
    public async Task A_data_set_is_shown_with_licence_citation_and_the_sha256_of_each_file()
    {
        CatalogEntry entry = DataCatalog.Find("mnist");

        (await _shell.Run("data", "show", "mnist")).ShouldBe(ExitCode.Success);

        string output = string.Join(' ', _shell.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        output.ShouldContain(entry.Licence);
        output.ShouldContain(entry.Citation);
        entry.Files.ShouldAllBe(file => output.Contains(file.Sha256));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("get")]
    public async Task A_name_that_is_not_in_the_catalog_is_refused_with_the_nearest(string verb)
    {
        (await _shell.Run("data", verb, "mnst")).ShouldBe(ExitCode.BadInput);

        _shell.Error.ShouldContain("did you mean 'mnist'?");
    }

    [Fact]
    public async Task A_folder_to_take_files_from_must_be_there()
    {
        (await _shell.Run("data", "get", "mnist", "--from", _shell.At("gone"))).ShouldBe(ExitCode.BadInput);

        _shell.Error.TrimEnd().ShouldBe($"atoll: --from must be a folder, but there is none at '{_shell.At("gone")}'.");
    }

    [Fact]
    public async Task A_partition_shows_what_each_site_holds()
    {
        _shell.Write("rows.csv", Samples.Csv);

        (await _shell.Run("data", "partition", _shell.Write("e.yaml", Samples.Experiment()))).ShouldBe(ExitCode.Success, _shell.Error);

        string[] lines = _shell.Output.ReplaceLineEndings("\n").Split('\n');
        lines.ShouldContain("small, as arm fedavg would see it with seed 1");
        lines.ShouldContain("24 rows (18 to train, 6 to test), 2 features, 2 classes, 3 sites");
        lines.ShouldContain("b         6     2  ████████████████████  ██       4    4");
    }

    [Fact]
    public async Task A_partition_as_json_is_what_a_result_says_of_its_data()
    {
        _shell.Write("rows.csv", Samples.Csv);

        (await _shell.Run("data", "partition", _shell.Write("e.yaml", Samples.Experiment()), "--json")).ShouldBe(ExitCode.Success, _shell.Error);

        DataFacts facts = JsonSerializer.Deserialize(_shell.Output, RunResultJson.Default.DataFacts)!;
        facts.Sites.Select(site => (site.Name, site.TrainRows, site.TestRows)).ShouldBe([("a", 6, 2), ("b", 6, 2), ("c", 6, 2)]);
        facts.Sites[0].Labels.ShouldBe(new Dictionary<string, int> { ["no"] = 4, ["yes"] = 4 }, ignoreOrder: true);
    }
}

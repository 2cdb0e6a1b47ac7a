using Atoll.Cli.Datasets;
using Atoll.Learning.Data;

namespace Atoll.Cli.Tests.Datasets;

public sealed class SiteFilesTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Names_are_safe_everywhere_and_no_two_alike() =>
        SiteFiles.Names(["Long Beach", "long beach", "../../etc/passwd", "CON", "Zürich", "///", "a:b", new string('x', 80)]).Values.ShouldBe(
            ["Long-Beach.csv", "long-beach-2.csv", "etc-passwd.csv", "site-CON.csv", "Zürich.csv", "site.csv", "a-b.csv", new string('x', 64) + ".csv"]);

    [Fact]
    public async Task A_partition_is_written_a_file_a_site_and_never_over_another()
    {
        _shell.Write("rows.csv", Samples.Csv);
        string experiment = _shell.Write("e.yaml", Samples.Experiment());

        (await _shell.Run("data", "partition", experiment, "--out", _shell.At("sites"))).ShouldBe(ExitCode.Success, _shell.Error);

        Directory.GetFiles(_shell.At("sites")).Select(Path.GetFileName).Order().ShouldBe(["a.csv", "b.csv", "c.csv"]);
        Table b = CsvFile.Read(_shell.At("sites", "b.csv"));
        b.Rows.Count.ShouldBe(8);
        b.Columns.ShouldBe(["x", "y", "kind"]);
        _shell.Output.ShouldContain(_shell.At("sites", "b.csv"));
        byte[] before = File.ReadAllBytes(_shell.At("sites", "b.csv"));
        File.Delete(_shell.At("sites", "a.csv"));

        (await _shell.Run("data", "partition", experiment, "--out", _shell.At("sites"))).ShouldBe(ExitCode.BadInput);

        _shell.Error.ShouldContain($"{_shell.At("sites", "b.csv")} is there already: nothing was written.");
        File.Exists(_shell.At("sites", "a.csv")).ShouldBeFalse();
        File.ReadAllBytes(_shell.At("sites", "b.csv")).ShouldBe(before);
    }
}

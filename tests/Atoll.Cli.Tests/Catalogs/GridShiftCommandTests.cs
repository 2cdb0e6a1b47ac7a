using System.Globalization;
using System.Text.Json;

namespace Atoll.Cli.Tests.Catalogs;

public sealed class GridShiftCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    [Fact]
    public async Task Json_has_starts_and_three_kinds_of_figures_and_nothing_else()
    {
        (await _shell.Run("grid", "shift", Trace(5, 1, 4, 2, 3), "--job", "2h", "--slack", "60 min", "--json")).ShouldBe(ExitCode.Success);
        using JsonDocument json = JsonDocument.Parse(_shell.Output);
        json.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["starts", "now", "deferred", "interrupted"]);
        json.RootElement.GetProperty("starts").GetInt32().ShouldBe(3);
        Mean(json, "now").ShouldBe((6 + 5 + 6) / 3.0, 1e-9); // 5 + 1, 1 + 4, 4 + 2 g
        Mean(json, "deferred").ShouldBe((5 + 5 + 5) / 3.0, 1e-9);
        Mean(json, "interrupted").ShouldBe((5 + 3 + 5) / 3.0, 1e-9);
        _shell.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_follow_each_other_unless_gaps_are_to_be_filled_and_both_are_said()
    {
        string trace = _shell.Write("gap.csv", "timestamp,intensity\n2022-01-01T00:00Z,10\n2022-01-01T01:00Z,10\n2022-01-01T03:00Z,40\n2022-01-01T04:00Z,40\n");
        await _shell.Run("grid", "shift", trace, "--job", "1h", "--slack", "0h", "--json");
        using (JsonDocument listed = JsonDocument.Parse(_shell.Output))
        {
            listed.RootElement.GetProperty("starts").GetInt32().ShouldBe(3);
        }
        _shell.Error.ReplaceLineEndings(" ").ShouldContain("1 of 5 steps of 1 h is missing");
        await _shell.Run("grid", "shift", trace, "--job", "1h", "--slack", "0h", "--gaps", "interpolate", "--json");
        using JsonDocument filled = JsonDocument.Parse(_shell.Output);
        Mean(filled, "now").ShouldBe((10 + 10 + 25 + 40) / 4.0, 1e-9);
        _shell.Error.ReplaceLineEndings(" ").ShouldContain("straight lines");
    }

    [Fact]
    public async Task People_get_a_table()
    {
        (await _shell.Run("grid", "shift", Trace(500, 100, 400, 200, 300), "--job", "2 h", "--slack", "1 h")).ShouldBe(ExitCode.Success);
        _shell.Output.ShouldContain("deferred and interrupted");
        _shell.Output.ShouldContain("23.5 %"); // 1 − 13 / 17
    }

    [Theory]
    [InlineData(ExitCode.Usage, "must be a duration", "--job", "3 kW")]
    [InlineData(ExitCode.BadInput, "A job must take more than 0 s", "--job", "0 h")]
    [InlineData(ExitCode.BadInput, "Slack must be at least 0 s", "--job", "1 h", "--slack", "-1 h")]
    [InlineData(ExitCode.BadInput, "must be longer than the job", "--job", "3 h")]
    [InlineData(ExitCode.Usage, "'interpolate'", "--job", "1 h", "--gaps", "forget")]
    public async Task What_cannot_be_is_refused(int code, string says, params string[] args)
    {
        (await _shell.Run(["grid", "shift", Trace(1, 2, 3), .. args])).ShouldBe(code);
        _shell.Error.ShouldContain(says);
    }

    [Fact]
    public async Task A_trace_that_is_missing_or_wrong_is_named_with_its_line()
    {
        (await _shell.Run("grid", "shift", _shell.At("none.csv"), "--job", "1h")).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("none.csv");
        (await _shell.Run("grid", "shift", _shell.Write("bad.csv", "timestamp,intensity\n2022-01-01T00:00Z,NaN\n"), "--job", "1h")).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("bad.csv, line 2, intensity");
    }

    public void Dispose() => _shell.Dispose();

    private string Trace(params double[] values) => _shell.Write("trace.csv", "timestamp,gCO2eq_per_kWh\n"
        + string.Concat(values.Select((value, hour) => string.Create(CultureInfo.InvariantCulture, $"2022-01-01T{hour:00}:00:00Z,{value}\n"))));

    private static double Mean(JsonDocument json, string kind) => json.RootElement.GetProperty(kind).GetProperty("mean").GetDouble();
}

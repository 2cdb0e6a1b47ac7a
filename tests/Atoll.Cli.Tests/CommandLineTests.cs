namespace Atoll.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Help_tells_the_story_every_verb_examples_and_at_the_end_what_exit_codes_mean()
    {
        (await _shell.Run("--help")).ShouldBe(ExitCode.Success);

        string[] parts = ["Atoll trains one model", "run <PATH>", "data ", "new <NAME>", "schema", "Examples:", "atoll run examples/digits", "Exit codes:", "130"];
        parts.Select(part => _shell.Output.IndexOf(part, StringComparison.Ordinal)).ShouldBe(parts.Select(part => _shell.Output.IndexOf(part, StringComparison.Ordinal)).Order());
        parts.ShouldAllBe(part => _shell.Output.Contains(part));
        _shell.Output.TrimEnd().ShouldEndWith("130  interrupted; what was completed can be resumed");
        _shell.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_verb_help_is_shown_and_it_counts_as_misuse()
    {
        (await _shell.Run()).ShouldBe(ExitCode.Usage);

        _shell.Output.ShouldContain("atoll run examples/digits");
    }

    [Fact]
    public async Task The_version_is_the_one_that_results_carry()
    {
        (await _shell.Run("--version")).ShouldBe(ExitCode.Success);

        _shell.Output.ShouldStartWith(Simulation.ExperimentRun.Version);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("data")]
    [InlineData("data partition")]
    [InlineData("grid")]
    [InlineData("hardware")]
    [InlineData("abort")]
    [InlineData("new")]
    [InlineData("schema")]
    public async Task Each_verb_shows_how_it_is_used(string verb)
    {
        (await _shell.Run([.. verb.Split(' '), "--help"])).ShouldBe(ExitCode.Success);

        _shell.Output.ShouldMatch($"Examples?.*:\n  atoll {verb}");
    }

    [Theory]
    [InlineData("rum x", "'rum' is no command or option here. Did you mean run?\nSee: atoll --help")]
    [InlineData("data gte mnist", "'gte' is no command or option here. Did you mean get?\nSee: atoll data --help")]
    [InlineData("run", "Required argument missing for command: 'run'.\nSee: atoll run --help")]
    [InlineData("run --resum", "'--resum' is no command or option here. Did you mean --resume?\nSee: atoll run --help")]
    [InlineData("run x --repeat 0", "--repeat must be a whole number from 1 to 2147483647 (was '0').\nSee: atoll run --help")]
    [InlineData("run x --threads two", "--threads must be a whole number from 1 to 2147483647 (was 'two').\nSee: atoll run --help")]
    [InlineData("run x --seed -1", "--seed must be a whole number from 0 to 18446744073709551615 (was '-1').\nSee: atoll run --help")]
    [InlineData("ledger prove x first --out y", "ENTRY must be a whole number (was 'first').\nSee: atoll ledger prove --help")]
    [InlineData("run x --json --dry-run", "--json prints a run's result, and --dry-run runs nothing: give one of them.\nSee: atoll run --help")]
    public async Task A_command_line_that_is_not_understood_is_said_in_a_line_and_ends_with_2(string line, string message)
    {
        (await _shell.Run(line.Split(' '))).ShouldBe(ExitCode.Usage);

        _shell.Error.ReplaceLineEndings("\n").ShouldBe($"atoll: {message}\n");
        _shell.Output.ShouldBeEmpty();
    }
}

using System.CommandLine;
using System.Text.RegularExpressions;
using Atoll.Experiments;
using Atoll.Learning.Data.Catalog;

namespace Atoll.Cli.Tests;

/// <summary>What the README says of the program, held against the program.</summary>
public sealed class ReadmeTests
{
    private static readonly string Root = Checkout.Root, Text = File.ReadAllText(Path.Combine(Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void It_lists_every_option_of_run_and_no_other()
    {
        Command run = CommandLine.Create().Subcommands.Single(c => c.Name == "run");

        Regex.Matches(Section("Options of `atoll run`:"), "^\\| `(--[a-z-]+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value)
            .ShouldBe(run.Options.Where(o => o.Name != "--help").Select(o => o.Name), ignoreOrder: true);
    }

    [Fact]
    public void It_lists_every_command() =>
        CommandLine.Create().Subcommands.SelectMany(c => c.Subcommands.Count == 0 ? [$"atoll {c.Name}"] : c.Subcommands.Select(s => s.Name)).ShouldAllBe(name => Text.Contains(name));

    [Fact]
    public void Its_exit_codes_are_the_programs() =>
        Regex.Matches(Section("Exit codes:"), "^\\| ([0-9]+) \\| (.*) \\|$", RegexOptions.Multiline)
            .Select(m => (int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups[2].Value)).ShouldBe(ExitCode.All);

    [Fact]
    public void Its_experiment_file_is_one()
    {
        string yaml = Regex.Match(Text, "```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        ExperimentFile.Parse(yaml, "README.md", Root).Arms.Keys.ShouldBe(["centralized", "local", "fedavg", "fedprox", "fedadam"]);
    }

    [Fact]
    public void It_names_every_data_set() => DataCatalog.Entries.ShouldAllBe(entry => Text.Contains($"`{entry.Name}`"));

    [Fact]
    public void What_it_links_to_is_there() =>
        Regex.Matches(Text, @"\]\((?!https?:)([^)#]+)\)").Select(m => m.Groups[1].Value).Where(path => !Path.Exists(Path.Combine(Root, path))).ShouldBeEmpty();

    private static string Section(string heading)
    {
        int from = Text.IndexOf(heading, StringComparison.Ordinal);
        from.ShouldBeGreaterThan(-1, heading);
        int table = Text.IndexOf("|\n\n", from, StringComparison.Ordinal);
        return Text[from..(table + 2)];
    }
}

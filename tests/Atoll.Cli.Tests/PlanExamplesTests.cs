using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atoll.Cli.Tests;

/// <summary>The plans in <c>examples/</c> as a new user meets them: each is planned as its README says, and the README's figures are those that the plan prints.</summary>
public sealed class PlanExamplesTests
{
    private static readonly string Examples = Path.Combine(Checkout.Root, "examples");

    /// <summary>What a plan may say of itself without it being a sign that the example is wrong.</summary>
    private static readonly string[] ExpectedNotes = ["The rent of the hardware at ", "Loss against data-parallel training: "];

    private static readonly string[] All = [.. Directory.GetDirectories(Examples, "plan-*").Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. All];

    [Fact]
    public void There_are_the_five() =>
        All.ShouldBe(["plan-frontier", "plan-hospitals", "plan-phones", "plan-smart-grid", "plan-sweden-germany"]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_plans_and_has_nothing_to_note_but_what_is_expected(string name)
    {
        JsonElement plan = await Plan(name);

        plan.GetProperty("name").GetString().ShouldBe(name);
        plan.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!).Where(note => !ExpectedNotes.Any(note.StartsWith)).ShouldBeEmpty();
        plan.GetProperty("solved").EnumerateArray().Where(s => s.GetProperty("value").ValueKind == JsonValueKind.Null).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_readme_has_the_figures_that_it_prints(string name)
    {
        using Shell shell = new();
        (await shell.Run("plan", Path.Combine(Examples, name), "--out", shell.At("out"))).ShouldBe(0, shell.Error);
        Dictionary<string, Dictionary<string, string>> printed = Printed(shell.Output);

        Dictionary<string, Dictionary<string, string>> told = Told(Readme(name));

        told.Keys.ShouldBe(printed.Keys, ignoreOrder: true);
        foreach ((string arm, Dictionary<string, string> figures) in told)
        {
            figures.Count.ShouldBeGreaterThan(2);
            figures.ShouldAllBe(figure => printed[arm][figure.Key] == figure.Value, $"{arm}: {string.Join(", ", figures)} in the README, {string.Join(", ", printed[arm])} printed");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_readme_names_its_command_the_arm_that_is_recommended_and_sources(string name)
    {
        string readme = Readme(name);

        readme.ShouldContain($"./atoll plan examples/{name}\n");
        readme.ShouldContain($"\n| {(await Plan(name)).GetProperty("recommendation").GetProperty("arm").GetString()} * |");
        readme.ShouldContain("\nSources: ");
        readme.Split('\n').Length.ShouldBeLessThan(60, "one page");
    }

    [Fact]
    public async Task The_front_page_shows_the_table_that_is_printed()
    {
        using Shell shell = new();
        (await shell.Run("plan", Path.Combine(Examples, "plan-frontier"), "--out", shell.At("out"))).ShouldBe(0, shell.Error);
        string[] printed = shell.Output.ReplaceLineEndings("\n").Split('\n');

        string table = string.Join('\n', printed.SkipWhile(line => !line.StartsWith("arm ", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).Select(line => line.TrimEnd()));

        File.ReadAllText(Path.Combine(Checkout.Root, "README.md")).ReplaceLineEndings("\n").ShouldContain($"```\n{table}\n```");
    }

    /// <summary>All five take 4.29 days or more, and three cost $2.5 million: none of them is "the fastest".</summary>
    [Fact]
    public async Task What_is_level_is_not_called_the_best() =>
        (await Plan("plan-frontier")).GetProperty("recommendation").GetProperty("reasons")[0].GetString()
            .ShouldBe("eight-regions is the lowest in carbon, and level with the best in time and cost.");

    [Fact]
    public async Task The_values_that_a_readme_says_are_solved_for_are_those_that_are_solved()
    {
        foreach (string name in All)
        {
            using Shell shell = new();
            (await shell.Run("plan", Path.Combine(Examples, name), "--out", shell.At("out"))).ShouldBe(0, shell.Error);
            string output = Regex.Replace(shell.Output, "\\s+", " ");
            foreach (Match value in Regex.Matches(output, @"- [\w.-]+ of ([\d.,]+ \S+) brings arms"))
            {
                Regex.Replace(Readme(name), "\\s+", " ").ShouldContain(value.Groups[1].Value, customMessage: name);
            }
        }
    }

    /// <summary>The factors are those of Ember 2024, Electricity Maps 2022 and Google 2024, divided by hand: 342.1 / 35.9, 481.5 / 15.9, 275.82 / 2.73.</summary>
    [Theory]
    [InlineData("ember", 9.529)]
    [InlineData("em", 30.28)]
    [InlineData("google", 101.03)]
    public async Task Germany_to_Sweden_is_by_electricity_alone_what_the_factors_are_and_in_all_what_the_readme_says(string set, double factors)
    {
        JsonElement[] arms = [.. (await Plan("plan-sweden-germany")).GetProperty("arms").EnumerateArray()];
        double Carbon(string country, string part) => arms.Single(a => a.GetProperty("name").GetString() == $"{country}-{set}").GetProperty("carbonKg").GetProperty(part).GetDouble();

        double electricity = Carbon("germany", "locationBased") / Carbon("sweden", "locationBased"), total = Carbon("germany", "total") / Carbon("sweden", "total");

        electricity.ShouldBe(factors, factors * 1e-3);
        Readme("plan-sweden-germany").ShouldContain(FormattableString.Invariant($"| {(factors < 10 ? $"{electricity:0.0}" : $"{electricity:0}")} | {(total < 10 ? $"{total:0.0}" : $"{total:0}")} |"));
    }

    private static async Task<JsonElement> Plan(string name)
    {
        using Shell shell = new();
        (await shell.Run("plan", Path.Combine(Examples, name), "--json", "--out", shell.At("out"))).ShouldBe(0, shell.Error);
        return JsonDocument.Parse(shell.Output).RootElement;
    }

    private static string Readme(string name) => File.ReadAllText(Path.Combine(Examples, name, "README.md")).ReplaceLineEndings("\n");

    /// <summary>The first table of the terminal, by arm and column.</summary>
    private static Dictionary<string, Dictionary<string, string>> Printed(string output)
    {
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        int head = Array.FindIndex(lines, line => line.StartsWith("arm ", StringComparison.Ordinal));
        return Table(lines[head..].TakeWhile(line => line.Length > 0).Where(line => !line.StartsWith('─')), line => Regex.Split(line.Trim(), "\\s{2,}"));
    }

    /// <summary>The README's table of arms.</summary>
    private static Dictionary<string, Dictionary<string, string>> Told(string readme)
    {
        string[] lines = readme.Split('\n');
        int head = Array.FindIndex(lines, line => line.StartsWith("| arm |", StringComparison.Ordinal));
        head.ShouldBeGreaterThan(-1, "the README must have a table of arms");
        return Table(lines[head..].TakeWhile(line => line.StartsWith('|')).Where(line => !line.StartsWith("|-", StringComparison.Ordinal)), line => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())]);
    }

    private static Dictionary<string, Dictionary<string, string>> Table(IEnumerable<string> lines, Func<string, string[]> cells)
    {
        string[][] rows = [.. lines.Select(cells)];
        return rows[1..].ToDictionary(row => row[0].TrimEnd(' ', '*'), row => rows[0].Zip(row).Skip(1).ToDictionary(pair => pair.First, pair => pair.Second));
    }
}

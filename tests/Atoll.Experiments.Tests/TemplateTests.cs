using System.Text.RegularExpressions;

namespace Atoll.Experiments.Tests;

public sealed partial class TemplateTests
{
    private static readonly string Template = ExperimentTemplate.Create("mine");

    [Fact]
    public void The_template_is_an_experiment_of_five_arms()
    {
        Experiment experiment = Examples.Parse(Template);

        experiment.Name.ShouldBe("mine");
        experiment.Arms.Keys.ShouldBe(["centralized", "local", "fedavg", "fedprox", "fedadam"]);
    }

    public static TheoryData<int> Options() =>
        [.. Template.Split('\n').Index().Where(l => Option().IsMatch(l.Item)).Select(l => l.Index)];

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_is_right_once_its_sign_is_taken_away(int line)
    {
        string[] lines = Template.Split('\n');
        lines[line] = Option().Replace(lines[line], "$1");

        string changed = string.Join('\n', lines);
        ExperimentFile.Fingerprint(Examples.Parse(changed)).ShouldNotBe(ExperimentFile.Fingerprint(Examples.Parse(Template)));
    }

    [Fact]
    public void All_options_are_right_together()
    {
        Examples.Parse(Option().Replace(Template, "$1")).Arms.Count.ShouldBe(9);
    }

    [Fact]
    public void The_lines_for_own_rows_stand_in_for_the_catalog()
    {
        string own = string.Join('\n', Template.Split('\n').Where(l => l.StartsWith("#   ", StringComparison.Ordinal)).TakeLast(5).Select(l => "  " + l[4..]));
        string changed = Template
            .Replace(Line(Template, "catalog:"), own)
            .Replace(Line(Template, "test-fraction:"), "")
            .Replace(Line(Template, "partition: {"), "")
            .Replace(Line(Template, "#few-sites"), "");

        Examples.Parse(changed).Arms["fedavg"].Data.Label.ShouldBe("outcome");
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("true")]
    [InlineData("1e5")]
    public void A_name_that_looks_like_another_value_stays_a_name(string name) =>
        Examples.Parse(ExperimentTemplate.Create(name)).Name.ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("-x")]
    [InlineData("NUL")]
    [InlineData("a\n")]
    public void A_name_that_is_no_folder_everywhere_is_refused(string name) =>
        Should.Throw<ArgumentException>(() => ExperimentTemplate.Create(name));

    private static string Line(string text, string start) => text.Split('\n').Single(l => l.TrimStart().StartsWith(start, StringComparison.Ordinal));

    [GeneratedRegex(@"^( *)#(?=[a-z])", RegexOptions.Multiline)]
    private static partial Regex Option();
}

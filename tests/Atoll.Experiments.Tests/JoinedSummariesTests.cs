using System.Globalization;
using Atoll.Experiments.Live;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Experiments.Tests;

/// <summary>Sites that come one after the other: whoever is let in goes together with all others, and one that does not changes nothing.</summary>
public sealed class JoinedSummariesTests
{
    private static readonly Experiment Experiment = Examples.Parse("""
        name: joined
        data: { csv: [rows.csv], label: "y", site: place }
        model: { kind: logistic }
        training: { optimizer: { kind: sgd, learning-rate: 0.1 } }
        arms:
          fedavg: { kind: federated, rounds: 1 }
        """);

    private readonly JoinedSummaries _joined = new(Experiment);

    [Fact]
    public void A_site_may_lack_what_others_bring()
    {
        Add("a", Table(["u"], "no"));

        Add("b", Table(["v", "w"], "no"));
        Add("c", Table(["u"], "yes"));
    }

    [Fact]
    public void The_site_that_does_not_fit_is_the_one_that_is_refused()
    {
        Add("b", Table(["u"], "no", "yes"));

        Should.Throw<DataException>(() => Add("a", Table(["u"], "no") with { Columns = [new() { Name = "x", IsNumeric = true }] })).Message
            .ShouldBe("Arm fedavg: Site 'a' must have the same columns as site 'b', but lacks 'k'.");
        Should.Throw<DataException>(() => Add("c", Table(["u"], "no") with { Label = new() { Name = "y", IsNumeric = true } })).Message
            .ShouldContain("is numbers at site 'c' and text at site 'b'");

        Add("a", Table(["v"], "no"));
    }

    [Fact]
    public void Too_many_values_over_all_sites_are_refused_from_the_site_that_brings_them()
    {
        Add("a", Table(Texts(0, 600), "no", "yes"));
        Add("b", Table(Texts(300, 600), "no", "yes"));

        Should.Throw<DataException>(() => Add("c", Table(Texts(800, 600), "no", "yes"))).Message.ShouldStartWith(
            "Arm fedavg: Column 'k' must have at most 1000 different values over all sites to be one-hot encoded, but has 1400.");

        Add("c", Table(Texts(800, 200), "no", "yes"));
    }

    [Theory]
    [InlineData("0", "0.5", "1")] // no class
    [InlineData("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20")] // more than are guessed to be classes
    [InlineData]
    public void A_site_whose_labels_would_make_a_number_of_the_others_classes_is_refused(params string[] labels)
    {
        Add("b", Numbered("0", "1"));

        Should.Throw<DataException>(() => Add("a", labels.Length == 0 ? Numbered() with { Label = new() { Name = "y", IsNumeric = true } } : Numbered(labels))).Message
            .ShouldStartWith("Arm fedavg: Label 'y' must have whole numbers as at site 'b' (0, 1), few enough to be classes, but with those of site 'a' it would be a number to predict.");

        Add("a", Numbered("1", "2"));
    }

    [Fact]
    public void Where_the_first_predicts_a_number_few_whole_ones_are_numbers_too()
    {
        Add("b", Numbered() with { Label = new() { Name = "y", IsNumeric = true } });

        Add("a", Numbered("0", "1"));
    }

    [Fact]
    public void Who_is_told_what_the_others_told_holds_against_it_as_they_do()
    {
        _joined.Tables.ShouldBeNull();
        Add("b", Table(["u"], "no"));
        Add("c", Table(["v"], "yes"));
        JoinedSummaries elsewhere = new(Experiment, _joined.Tables);

        _joined.Tables!.First.ShouldBe("b");
        _joined.Tables.Summaries["fedavg"].Columns.Single(column => column.Name == "k").Levels.ShouldBe(["u", "v"]);
        Should.Throw<DataException>(() => elsewhere.Add("a", Summaries(Table(["u"], "no") with { Columns = [new() { Name = "x", IsNumeric = true }] }))).Message
            .ShouldBe("Arm fedavg: Site 'a' must have the same columns as site 'b', but lacks 'k'.");
    }

    [Fact]
    public void A_first_site_that_tells_something_else_the_second_time_is_held_against_what_it_told()
    {
        Add("a", Table(["u"], "no"));

        Should.Throw<DataException>(() => Add("a", Table(["u"], "no") with { Columns = [new() { Name = "x", IsNumeric = true }] })).Message
            .ShouldBe("Arm fedavg: Site 'a' must have the same columns as site 'a, as it told before', but lacks 'k'.");
        Add("a", Table(["u"], "no"));
    }

    private void Add(string site, TableSummary summary) => _joined.Add(site, Summaries(summary));

    private static Dictionary<string, TableSummary> Summaries(TableSummary summary) => new() { ["fedavg"] = summary };

    private static string[] Texts(int from, int count) => [.. Enumerable.Range(from, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"t{i}"))];

    private static TableSummary Numbered(params string[] labels) => Table(["u"]) with { Label = new() { Name = "y", IsNumeric = true, Levels = labels } };

    private static TableSummary Table(string[] texts, params string[] classes) => new()
    {
        Columns = [new() { Name = "x", IsNumeric = true }, new() { Name = "k", IsNumeric = false, Levels = texts }],
        Label = new() { Name = "y", IsNumeric = false, Levels = classes },
    };
}

using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;
using static Atoll.Dashboard.Tests.Samples.HandMade;

namespace Atoll.Dashboard.Tests.Verdicts;

/// <summary>Results made by hand; the sentences are what a person would say of them.</summary>
public sealed class VerdictTests
{
    private static readonly ArmResult Centralized = Arm("centralized", "centralized", "accuracy", 0.90, null, ("a", 0.95), ("b", 0.85));
    private static readonly ArmResult Local = Arm("local", "local", "accuracy", 0.80, null, ("a", 0.84), ("b", 0.76));

    [Fact]
    public void A_worse_arm_says_how_far_it_is_from_both_and_names_its_worst_site()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, Centralized, Local, Arm("fedavg", "federated", "accuracy", 0.88, null, ("a", 0.93), ("b", 0.75))));

        verdict.Headline.ShouldBe("fedavg reaches 88.0 % accuracy: 2.0 points below centralized and 8.0 points above the sites alone.");
        var fedavg = verdict.Arms[2];
        fedavg.Outcome.ShouldBe(Outcome.Worse);
        fedavg.Summary.ShouldBe("88.0 % accuracy on all test rows: 2.0 points below centralized and 8.0 points above the sites alone.");
        fedavg.Sites.ShouldBe(["Worst site: b with 75.0 %, 10.0 points below centralized there.", "Better than alone at 1 of 2 sites, worse at 1."]);
    }

    [Fact]
    public void The_site_furthest_behind_is_named_where_it_is_not_the_worst()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, Centralized, Arm("fedavg", "federated", "accuracy", 0.86, null, ("a", 0.87), ("b", 0.84))));

        verdict.Arms[1].Sites.ShouldBe(["Worst site: b with 84.0 %, 1.0 points below centralized there.", "Furthest behind centralized: a, 8.0 points below it."]);
    }

    [Fact]
    public void A_better_arm_is_above_and_the_best_federated_arm_leads()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, Centralized,
            Arm("fedavg", "federated", "accuracy", 0.88, null, ("a", 0.9), ("b", 0.86)), Arm("fedadam", "federated", "accuracy", 0.913, null, ("a", 0.95), ("b", 0.87))));

        verdict.Headline.ShouldBe("fedadam does best of the 2 federated arms with 91.3 % accuracy: 1.3 points above centralized.");
        verdict.Arms[2].Outcome.ShouldBe(Outcome.Better);
    }

    /// <summary>sd of a difference: √(0.01² + 0.01²) = 0.0141, so 1.4 points are level and 1.5 are not.</summary>
    [Theory]
    [InlineData(0.886, Outcome.Level, "level with centralized (−1.4 points, within the spread over the seeds)")]
    [InlineData(0.885, Outcome.Worse, "1.5 points below centralized")]
    [InlineData(0.914, Outcome.Level, "level with centralized (+1.4 points, within the spread over the seeds)")]
    [InlineData(0.915, Outcome.Better, "1.5 points above centralized")]
    [InlineData(0.9002, Outcome.Level, "level with centralized")]
    public void With_several_seeds_a_difference_within_their_spread_is_level(double pooled, Outcome outcome, string words)
    {
        var verdict = Verdict.Of(Run("accuracy", 5,
            Arm("centralized", "centralized", "accuracy", 0.90, 0.01, ("a", 0.9)), Arm("fedavg", "federated", "accuracy", pooled, 0.01, ("a", 0.9))));

        verdict.Arms[1].Outcome.ShouldBe(outcome);
        verdict.Arms[1].Summary.ShouldEndWith($" ± 1.0 % accuracy on all test rows: {words}.");
        verdict.Notes[0].ShouldStartWith("Figures are means over 5 seeds");
    }

    [Fact]
    public void An_arm_that_stopped_says_where_and_what_it_had_reached()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, Centralized, Stopped("fedyogi", "federated", "the loss was not finite in round 3 at site b", (1, 0.4), (2, 0.31))));

        verdict.Headline.ShouldBe("No federated arm came to its end. centralized reaches 90.0 % accuracy.");
        verdict.Arms[1].Outcome.ShouldBe(Outcome.Stopped);
        verdict.Arms[1].Summary.ShouldBe("Stopped before its end: the loss was not finite in round 3 at site b. Its last evaluated accuracy was 31.0 % after round 2.");
    }

    [Fact]
    public void A_baseline_that_stopped_leaves_nothing_to_compare_with()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, Stopped("centralized", "centralized", "the loss was not finite in epoch 1"), Arm("fedavg", "federated", "accuracy", 0.8, null, ("a", 0.8))));

        verdict.Headline.ShouldBe("The baseline centralized stopped before its end, so nothing can be held against it: the loss was not finite in epoch 1.");
        verdict.Arms[1].Outcome.ShouldBe(Outcome.Unknown);
        verdict.Arms[1].Summary.ShouldBe("80.0 % accuracy on all test rows.");
    }

    [Fact]
    public void With_one_site_nothing_is_said_of_sites()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, Arm("centralized", "centralized", "accuracy", 0.9, null, ("only", 0.9))));

        verdict.Headline.ShouldBe("centralized reaches 90.0 % accuracy.");
        verdict.Arms.ShouldHaveSingleItem().Sites.ShouldBeEmpty();
    }

    [Fact]
    public void For_an_error_lower_is_better_and_the_highest_is_the_worst_site()
    {
        const string rmse = "root-mean-squared-error";
        var verdict = Verdict.Of(Run(rmse, 1,
            Arm("centralized", "centralized", rmse, 2.5, null, ("a", 2.0), ("b", 3.0)),
            Arm("local", "local", rmse, 4.0, null, ("a", 3.5), ("b", 4.5)),
            Arm("fedavg", "federated", rmse, 2.85, null, ("a", 2.1), ("b", 3.6))));

        verdict.Headline.ShouldBe("fedavg reaches 2.850 root mean squared error: 0.350 higher (worse) than centralized and 1.150 lower (better) than the sites alone.");
        verdict.Arms[2].Outcome.ShouldBe(Outcome.Worse);
        verdict.Arms[2].Sites.ShouldBe(["Worst site: b with 3.600, 0.600 higher (worse) than centralized there.", "Better than alone at all 2 sites."]);
    }

    [Fact]
    public void A_site_where_the_metric_is_not_defined_is_left_out()
    {
        var verdict = Verdict.Of(Run("auc", 1,
            Arm("centralized", "centralized", "auc", 0.9, null, ("a", 0.95), ("b", null), ("c", 0.8)), Arm("fedavg", "federated", "auc", 0.8, null, ("a", 0.9), ("b", null), ("c", 0.7))));

        verdict.Arms[1].Sites[0].ShouldBe("Worst site: c with 0.700, 0.100 below centralized there.");
    }

    [Fact]
    public void Without_federated_arms_the_sites_alone_are_held_against_the_baseline()
    {
        Verdict.Of(Run("accuracy", 1, Centralized, Local)).Headline.ShouldBe("centralized reaches 90.0 % accuracy; the sites alone are 10.0 points below it.");
    }

    [Fact]
    public void One_seed_and_few_test_rows_are_said_to_limit_the_figures()
    {
        Verdict.Of(Run("accuracy", 1, Centralized)).Notes.ShouldBe(
        [
            "One seed: how much another seed would change these figures is not known. Run with --repeat 5 to see.",
            "There are 200 test rows: one row more or less is 0.50 points.",
        ]);
    }

    [Fact]
    public void Sites_alone_are_said_to_meet_their_own_test_rows_only()
    {
        string note = "Sites alone: each site's own model meets only that site's test rows. Where sites hold different labels, that says nothing of the labels a site lacks.";

        Verdict.Of(Run("accuracy", 1, Centralized, Local)).Notes.ShouldContain(note);
        Verdict.Of(Run("accuracy", 1, Centralized)).Notes.ShouldNotContain(note);
    }

    [Theory]
    [InlineData(1, "1 of 8 sites has no test rows: s1; means over sites leave it out.")]
    [InlineData(2, "2 of 8 sites have no test rows: s1, s2; means over sites leave them out.")]
    [InlineData(5, "5 of 8 sites have no test rows: s1, s2, s3, s4, s5; means over sites leave them out.")]
    [InlineData(7, "7 of 8 sites have no test rows: s1, s2, s3, s4, s5, …; means over sites leave them out.")]
    public void Sites_without_test_rows_are_named(int untested, string note)
    {
        var run = Run("accuracy", 1, Centralized);
        SiteFacts[] sites = [.. Enumerable.Range(1, 8).Select(i => run.Data.Sites[0] with { Name = $"s{i}", TestRows = i <= untested ? 0 : 100 })];

        Verdict.Of(run with { Data = run.Data with { Sites = sites } }).Notes.ShouldContain(note);
        Verdict.Of(run).Notes.ShouldNotContain(n => n.Contains("no test rows"));
    }

    [Theory]
    [InlineData(1, "1 of 8 labels stands in test rows only, so that no model can learn it: c1.")]
    [InlineData(2, "2 of 8 labels stand in test rows only, so that no model can learn them: c1, c2.")]
    [InlineData(6, "6 of 8 labels stand in test rows only, so that no model can learn them: c1, c2, c3, c4, c5, …")]
    public void Labels_without_training_rows_are_named(int untrained, string note)
    {
        var run = Run("accuracy", 1, Centralized);
        string[] labels = [.. Enumerable.Range(1, 8).Select(i => $"c{i}")];

        Verdict.Of(run with { Data = run.Data with { Classes = labels, UntrainedClasses = labels[..untrained] } }).Notes.ShouldContain(note);
        Verdict.Of(run).Notes.ShouldNotContain(n => n.Contains("test rows only"));
    }
}

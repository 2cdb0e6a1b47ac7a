using Atoll.Dashboard.Tests.Samples;
using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;
using static Atoll.Dashboard.Tests.Samples.HandMade;

namespace Atoll.Dashboard.Tests.Verdicts;

/// <summary>A live run has no centralized arm: its arms are held against each other.</summary>
public sealed class WithoutBaselineTests
{
    private static readonly ArmResult FedAvg = Arm("fedavg", "federated", "accuracy", 0.88, null, ("a", 0.93), ("b", 0.83));
    private static readonly ArmResult FedProx = Arm("fedprox", "federated", "accuracy", 0.90, null, ("a", 0.92), ("b", 0.88));
    private static readonly ArmResult FedAdam = Arm("fedadam", "federated", "accuracy", 0.81, null, ("a", 0.82), ("b", 0.80));

    [Fact]
    public void The_best_arm_leads_and_is_held_against_the_next_and_the_last()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, FedAvg, FedProx, FedAdam));

        verdict.Headline.ShouldBe("fedprox does best of the 3 arms with 90.0 % accuracy on all test rows: 2.0 points above fedavg and 9.0 points above fedadam.");
        verdict.Arms.Select(arm => arm.Outcome).ShouldBe([Outcome.Worse, Outcome.Better, Outcome.Worse]);
        verdict.Arms[0].Summary.ShouldBe("88.0 % accuracy on all test rows: 2.0 points below fedprox.");
        verdict.Arms[1].Summary.ShouldBe("90.0 % accuracy on all test rows: 2.0 points above fedavg.");
        verdict.Arms[0].Sites.ShouldBe(["Worst site: b with 83.0 %.", "Better than fedprox at 1 of 2 sites, worse at 1."]);
        verdict.Notes.ShouldContain("No arm was trained on pooled rows, since rows never met: arms are held against each other.");
    }

    [Fact]
    public void A_lone_arm_has_nothing_to_be_held_against()
    {
        var verdict = Verdict.Of(Run("accuracy", 1, FedAvg));

        verdict.Headline.ShouldBe("fedavg reaches 88.0 % accuracy on all test rows; there is no other arm to hold it against.");
        verdict.Arms[0].Outcome.ShouldBe(Outcome.Unknown);
        verdict.Arms[0].Summary.ShouldBe("88.0 % accuracy on all test rows.");
    }

    [Fact]
    public void Where_all_others_stopped_that_is_said()
    {
        Verdict.Of(Run("accuracy", 1, FedAvg, Stopped("fedyogi", "federated", "it diverged"))).Headline
            .ShouldBe("fedavg reaches 88.0 % accuracy on all test rows; no other arm came to its end.");
        Verdict.Of(Run("accuracy", 1, Stopped("fedyogi", "federated", "it diverged"))).Headline.ShouldBe("No arm came to its end.");
    }

    [Fact]
    public void A_metric_that_needs_all_rows_in_one_place_ranks_arms_by_the_mean_of_their_sites()
    {
        var verdict = Verdict.Of(Run("auc", 1, WithoutPooled("fedavg", 0.93, 0.83), WithoutPooled("fedprox", 0.92, 0.88)));

        verdict.Headline.ShouldBe("fedprox does best of the 2 arms with 0.900 AUC as the mean of the sites: 0.020 above fedavg.");
        verdict.Notes.ShouldContain("AUC over all test rows is not computed: rows never met. Each site has its own, and the mean of sites is of those.");
    }

    [Fact]
    public void What_was_refused_and_a_run_that_was_ended_are_noted()
    {
        var run = LiveRun.Make();
        var verdict = Verdict.Of(run with { Live = run.Live! with { Aborted = "a site asked for it" } });

        verdict.Notes.ShouldContain("The run was ended before its end: a site asked for it.");
        verdict.Notes.ShouldContain("2 updates were refused; the ledger says which and why.");
        verdict.Notes.ShouldContain("One seed: how much another seed would change these figures is not known.");
    }

    private static ArmResult WithoutPooled(string name, double a, double b)
    {
        var arm = Arm(name, "federated", "auc", 0, null, ("a", a), ("b", b));
        return arm with { Final = arm.Final! with { Pooled = new Dictionary<string, double?> { ["auc"] = null } } };
    }
}

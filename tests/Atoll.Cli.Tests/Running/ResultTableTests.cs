using Atoll.Cli.Running;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Tests.Running;

public sealed class ResultTableTests
{
    private static RunResult Run => Samples.Result(
        Samples.ArmResult("centralized", "centralized", 0.95),
        Samples.ArmResult("fedavg", "federated", 0.938));

    [Fact]
    public void A_narrow_terminal_gets_what_matters_most() => ResultTable.Of(Run).Lines(60).ShouldBe(
    [
        "arm          accuracy  vs centralized     worst site",
        "───────────  ────────  ──────────────  ─────────────",
        "centralized    95.0 %                  85.0 % site-1",
        "fedavg         93.8 %     −1.2 points  83.8 % site-1",
    ]);

    [Fact]
    public void A_usual_terminal_has_room_for_the_mean_of_sites_and_what_was_sent() => ResultTable.Of(Run).Lines(80).ShouldBe(
    [
        "arm          accuracy  vs centralized  mean of sites     worst site     sent",
        "───────────  ────────  ──────────────  ─────────────  ─────────────  ───────",
        "centralized    95.0 %                         90.0 %  85.0 % site-1        –",
        "fedavg         93.8 %     −1.2 points         88.8 %  83.8 % site-1  38.6 MB",
    ]);

    [Fact]
    public void A_wide_terminal_has_room_for_what_it_cost() => ResultTable.Of(Run).Lines(120).ShouldBe(
    [
        "arm          accuracy  vs centralized  mean of sites     worst site    AUC     sent    time        work  samples/s",
        "───────────  ────────  ──────────────  ─────────────  ─────────────  ─────  ───────  ──────  ──────────  ─────────",
        "centralized    95.0 %                         90.0 %  85.0 % site-1  0.990        –  12.3 s  4.00 GFLOP      114 k",
        "fedavg         93.8 %     −1.2 points         88.8 %  83.8 % site-1  0.990  38.6 MB  12.3 s  4.00 GFLOP      114 k",
    ]);

    [Fact]
    public void A_very_wide_terminal_has_room_for_everything() =>
        ResultTable.Of(Run).Lines(140)[0].ShouldBe("arm          accuracy  vs centralized  mean of sites     worst site    AUC   loss     sent    time        work  samples/s");

    [Fact]
    public void Means_over_seeds_stand_with_their_deviation() =>
        ResultTable.Of(Samples.Result(Samples.ArmResult("centralized", "centralized", 0.95, sd: 0.012))).Lines(80)[2].ShouldContain("95.0 ± 1.2 %");

    [Fact]
    public void An_arm_that_stopped_has_no_figures()
    {
        ArmResult stopped = Samples.ArmResult("wild", "federated", 0.5) with { Final = null, GapToBaseline = null, Stopped = "its loss is NaN" };

        ResultTable.Of(Samples.Result(Samples.ArmResult("centralized", "centralized", 0.95), stopped)).Lines(60)[3].ShouldBe(
            "wild          stopped               –              –");
    }
}

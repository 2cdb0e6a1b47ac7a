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
    public void Energy_and_carbon_stand_where_they_were_metered_or_modelled_and_say_which()
    {
        ArmResult metered = Samples.ArmResult("centralized", "centralized", 0.95) with
        {
            Footprint = new()
            {
                Measured = new() { Seconds = 12, Energy = [], EnergyKWh = 0.00123, CarbonKg = 0.00042 },
                Modelled = new()
                {
                    WallClockHours = 1, ComputeHours = 1, MovementHours = 0, EnergyKWh = new(1, 1, 0, 2), CarbonKg = new(0.5, 0.5, 0, 0.1, 0.6),
                    WaterLitres = 1, CostUsd = new(1, 1, 1, 3), EffectivePue = 2, BytesMoved = 0,
                },
            },
        };
        FittedTable table = ResultTable.Of(Samples.Result(metered, Samples.ArmResult("fedavg", "federated", 0.938)));

        table.Lines(200)[0].ShouldContain("sent   energy  carbon  energy at sites  carbon at sites    time");
        table.Lines(200)[2].ShouldContain("–  1.23 Wh  420 mg            2 kWh            600 g  12.3 s");
        table.Lines(60)[0].ShouldNotContain("energy");
    }

    [Fact]
    public void Means_over_seeds_stand_with_their_deviation() =>
        ResultTable.Of(Samples.Result(Samples.ArmResult("centralized", "centralized", 0.95, sd: 0.012))).Lines(80)[2].ShouldContain("95.0 ± 1.2 %");

    [Fact]
    public void A_mean_gap_stands_with_its_deviation() => ResultTable.Of(Samples.Result(
        Samples.ArmResult("centralized", "centralized", 0.95, sd: 0.012),
        Samples.ArmResult("fedavg", "federated", 0.938, sd: 0.012) with { GapToBaselineSd = new Dictionary<string, double?> { ["accuracy"] = 0.004 } })).Lines(80)[3].ShouldContain("−1.2 ± 0.4 points");

    [Fact]
    public void An_arm_that_stopped_has_no_figures()
    {
        ArmResult stopped = Samples.ArmResult("wild", "federated", 0.5) with { Final = null, GapToBaseline = null, Stopped = "its loss is NaN" };

        ResultTable.Of(Samples.Result(Samples.ArmResult("centralized", "centralized", 0.95), stopped)).Lines(60)[3].ShouldBe(
            "wild          stopped               –              –");
    }
}

using Atoll.Planning.File;
using Atoll.Planning.Models;

namespace Atoll.Planning.Tests.Sites;

/// <summary>Energy, carbon, water and money, by hand. 3.6 · 10²¹ operations at 10 × 100 TFLOP/s are 3.6 · 10⁶ s: 1,000 hours.</summary>
public sealed class AccountsTests
{
    private const double Kilowatthour = 3.6e6;

    [Fact]
    public void One_site_comes_to_what_the_hand_computes()
    {
        ArmOutcome outcome = Plans.Outcome(Plans.OneSite);

        outcome.WallClockSeconds.ShouldBe(3.6e6, 1e-3);
        (outcome.ComputeJoules / Kilowatthour).ShouldBe(5000, 1e-6, "10 × 0.5 kW × 1,000 h");
        (outcome.OverheadJoules / Kilowatthour).ShouldBe(1000, 1e-6, "a fifth of it");
        outcome.LocationBasedGrams.ShouldBe(6000 * 400, 1e-3);
        outcome.MarketBasedGrams.ShouldBe(6000 * 400, 1e-3, "the grid's, because there is no contract");
        outcome.EmbodiedGrams.ShouldBe(10 * 150e3 * 1000 / (5 * 8766), 1e-6, "the share of five years of 8,766 h");
        outcome.HardwareDollars.ShouldBe(10 * 1000 * 2, 1e-6);
        outcome.ElectricityDollars.ShouldBe(0, "the rent has it in");
        outcome.NetworkDollars.ShouldBe(0);
        outcome.DollarsPerExaflop.ShouldBe(20_000 / 3600.0, 1e-9, "3,600 exaFLOP");
        outcome.SciGramsPerExaflop.ShouldBe((6000 * 400 + 10 * 150e3 * 1000 / (5 * 8766)) / 3600.0, 1e-9, "SCI: ((E × I) + M) / R");
        outcome.EffectivePue.ShouldBe(1.2, 1e-12);
    }

    [Fact]
    public void Water_is_that_of_cooling_and_of_making_the_electricity()
    {
        OutcomeAt(Plans.OneSite, "sites.here.off-site-water", 3.0).WaterLitres.ShouldBe(5000 * (0.5 + 1.2 * 3.0), 1e-6);
    }

    [Fact]
    public void A_rent_has_its_electricity_in_it_unless_a_tariff_is_given()
    {
        Plans.Read(Plans.OneSite).Notes.ShouldContain(n => n.Contains("rent of the hardware at here", StringComparison.Ordinal));

        string tariff = Plans.OneSite.Replace("pue: 1.2", "pue: 1.2\n    tariff: 0.10 $/kWh", StringComparison.Ordinal);
        ArmOutcome outcome = Plans.Outcome(tariff);

        outcome.ElectricityDollars.ShouldBe(600, 1e-6, "6,000 kWh at 10 cents");
        outcome.HardwareDollars.ShouldBe(20_000, 1e-6);
        Plans.Read(tariff).Notes.ShouldNotContain(n => n.Contains("rent of the hardware", StringComparison.Ordinal));
    }

    [Fact]
    public void Owned_hardware_is_written_off_and_pays_its_electricity()
    {
        ArmOutcome outcome = Plans.Outcome(Plans.OneSite.Replace("price: 2 $/h", "purchase: 30 k$", StringComparison.Ordinal).Replace("pue: 1.2", "pue: 1.2\n    tariff: 0.10 $/kWh", StringComparison.Ordinal));

        outcome.HardwareDollars.ShouldBe(10 * 30_000 * 1000.0 / (5 * 8766), 1e-6);
        outcome.CapitalDollars.ShouldBe(300_000);
        outcome.ElectricityDollars.ShouldBe(600, 1e-6);
    }

    [Fact]
    public void A_contract_is_told_apart_from_the_grid()
    {
        ArmOutcome outcome = Plans.Outcome(Plans.OneSite.Replace("pue: 1.2", "pue: 1.2\n    market-intensity: 50 g/kWh", StringComparison.Ordinal));

        outcome.MarketBasedGrams.ShouldBe(6000 * 50, 1e-3);
        outcome.LocationBasedGrams.ShouldBe(6000 * 400, 1e-3);
    }

    /// <summary>1 TB over 1 Gbit/s: 8,000 s, and 10 ms of 2,000 km of fibre.</summary>
    private const string Moved = """
        name: moved
        workload: { flops: 3.6e21 }
        sites:
          here: { hardware: { achieved: 100 TFLOP/s, power: 500 W, price: 2 $/h }, count: 10, pue: 1.2, grid: { intensity: 400 g/kWh } }
          there: { data: 1 TB, grid: { intensity: 100 g/kWh } }
        links:
          - { between: [here, there], bandwidth: 1 Gbit/s, distance: 2000 km, energy: 0.05 kWh/GB, EXTRA }
        arms:
          one: { kind: centralized, site: here }
        """;

    [Fact]
    public void Data_that_lie_elsewhere_are_moved_once()
    {
        ArmOutcome outcome = Plans.Outcome(Moved.Replace(", EXTRA", "", StringComparison.Ordinal));

        outcome.MovementSeconds.ShouldBe(8000.01, 1e-6);
        outcome.WallClockSeconds.ShouldBe(3.6e6 + 8000.01, 1e-3);
        outcome.Utilization.ShouldBe(1, "movement is before the training");
        (outcome.NetworkJoules / Kilowatthour).ShouldBe(50, 1e-9, "1,000 GB × 0.05 kWh/GB");
        outcome.NetworkGrams.ShouldBe(50 * 250, 1e-6, "at the mean of the two ends");
        outcome.LinkBits["here-there"].ShouldBe(8e12);
        outcome.HardwareDollars.ShouldBe(20_000, 1e-6, "held from the end of the movement");
    }

    [Theory]
    [InlineData("fibre: { built: 6.49 $/ft, lifetime: 20 y }", 42_585_301.84, 42_585_301.84 * 8000.01 / (20 * 31_557_600))] // 2,000 km × 3,280.84 ft × 6.49 $
    [InlineData("egress: 0.09 $/GB", 0, 90)]
    [InlineData("leased: 4.5 $/h", 0, 4.5 * 8000.01 / 3600)]
    [InlineData("transit: 2 $/Mbit/s-month", 0, 2 * 1000 * 8000.01 / (730.5 * 3600))]
    public void A_link_costs_what_the_hand_computes(string price, double capital, double share)
    {
        ArmOutcome outcome = Plans.Outcome(Moved.Replace("EXTRA", price, StringComparison.Ordinal));

        outcome.CapitalDollars.ShouldBe(capital, 1e-7 * capital + 1e-12);
        outcome.NetworkDollars.ShouldBe(share, 1e-7 * share);
    }

    /// <summary>A thousand phones send a gigabyte each over a line each: no line waits for another.</summary>
    [Fact]
    public void Each_client_of_a_site_has_a_line_of_its_own()
    {
        ArmOutcome outcome = Plans.Outcome("""
            name: phones
            workload: { flops: 3.6e21 }
            sites:
              cloud: { hardware: { achieved: 100 TFLOP/s, power: 500 W }, count: 10 }
              phones: { hardware: { achieved: 10 GFLOP/s, power: 3 W }, count: 1000, clients: 1000, data: 1 TB, link: { bandwidth: { up: 8 Mbit/s, down: 80 Mbit/s }, latency: 20 ms } }
            arms:
              one: { kind: centralized, site: cloud }
            """);

        outcome.MovementSeconds.ShouldBe(1000.02, 1e-6, "a gigabyte at 8 Mbit/s");
    }

    private static ArmOutcome OutcomeAt(string text, string path, double value)
    {
        PreparedPlan plan = Plans.Read(text);
        double[] x = plan.Inputs.Values();
        x[plan.Inputs.Find(path)!.Value] = value;
        return plan.Arms[0].Model.Evaluate(x);
    }
}

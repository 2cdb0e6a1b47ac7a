using Atoll.Experiments.Sites;
using Atoll.Footprint.Quantities;

namespace Atoll.Experiments.Tests;

/// <summary><c>sites:</c> in an experiment file: what is read, what is written back, what is refused, and what it changes nothing of.</summary>
public sealed class DeclaredSitesTests
{
    private const string Sites = """
        sites:
          Long Beach: { hardware: desktop, count: 2, grid: US, link: { bandwidth: { up: 20 Mbit/s, down: 100 Mbit/s }, latency: 20 ms } }
          default: { hardware: { name: laptop, achieved: 2 GFLOP/s, price: 0.2 (0.1 to 0.4) $/h }, grid: { name: SE1, factor-set: electricity-maps-2022 }, link: { bandwidth: 100 Mbit/s } }
          coordinator: { hardware: { achieved: 10 GFLOP/s, power: 200 W, purchase: 3000 $ }, pue: 1.2, grid: { intensity: 30 g/kWh } }
          this-machine: { grid: FR }

        """;

    [Fact]
    public void Sites_are_read_as_records_with_units()
    {
        IReadOnlyDictionary<string, Site> sites = Examples.Parse(Examples.Small(Sites)).Sites.ShouldNotBeNull();

        sites.Keys.ShouldBe(["Long Beach", "default", "coordinator", "this-machine"]);
        sites["Long Beach"].Link!.Bandwidth!.Down.Value.ShouldBe(100 * Bandwidth.MegabitPerSecond);
        sites["default"].Hardware!.Price!.Value.High.ShouldBe(0.4 * HourlyPrice.DollarPerHour);
        sites["default"].Grid!.FactorSet.ShouldBe("electricity-maps-2022");
    }

    [Fact]
    public void The_resolved_file_keeps_every_figure_of_a_site()
    {
        Experiment experiment = Examples.Parse(Examples.Small(Sites));

        string text = ExperimentFile.Write(experiment);
        Experiment back = Examples.Parse(text);

        back.Sites!.Select(site => (site.Key, site.Value)).ShouldBe(experiment.Sites!.Select(site => (site.Key, site.Value)));
        ExperimentFile.Write(back).ShouldBe(text);
    }

    [Fact]
    public void Sites_do_not_change_what_the_experiment_is()
    {
        Experiment without = Examples.Parse(Examples.Small()), with = Examples.Parse(Examples.Small(Sites));

        ExperimentFile.Fingerprint(with).ShouldBe(ExperimentFile.Fingerprint(without));
        ExperimentFile.Fingerprint(with with { Seed = with.Seed + 1 }).ShouldNotBe(ExperimentFile.Fingerprint(without));
    }

    [Theory]
    [InlineData("pue: 0.9", "sites.default.pue must be at least 1 (was 0.9)")]
    [InlineData("count: 0", "sites.default.count must be more than 0 (was 0)")]
    [InlineData("grid: { intensity: 3 kWh }", "sites.default.grid.intensity must be a carbon intensity")]
    [InlineData("link: { bandwidth: 0 bit/s }", "must be more than 0")]
    [InlineData("utilisation: 0.5", "sites.default.utilisation is not a field here. Did you mean utilization?")]
    public void What_no_site_can_be_is_refused_with_its_line(string field, string message)
    {
        var refused = Should.Throw<ExperimentFileException>(() => Examples.Parse(Examples.Small($"sites:\n  default:\n    {field}\n")));

        refused.Message.ShouldContain(message);
        refused.Problems.ShouldAllBe(problem => problem.Line > 1);
    }
}

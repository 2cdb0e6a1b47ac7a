using Atoll.Footprint.Provenance;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Tests.Sites;

/// <summary>Every number is an input that says where it is from; none is taken silently.</summary>
public sealed class ProvenanceTests
{
    private const string Text = """
        name: defaults
        workload: { parameters: 1 B, tokens: 20 B }
        sites:
          named: { hardware: h100, grid: DE }
          own: { hardware: { achieved: 400 TFLOP/s, power: 700 W } }
          phone: { hardware: { name: phone, achieved: 20 GFLOP/s }, operator: ambient-air }
          cloud: { hardware: { name: h100, power: 650 W }, operator: google, pue: 1.5, tariff: 0.08 to 0.12 $/kWh }
        links:
          - { between: [named, own], bandwidth: 10 Gbit/s }
          - { between: [named, phone], bandwidth: { up: 10 Mbit/s, down: 50 Mbit/s }, distance: 100 km }
        arms:
          a: { kind: centralized, site: named }
        """;

    private static readonly PreparedPlan Plan = Plans.Read(Text);

    [Fact]
    public void What_the_file_gives_names_its_line()
    {
        Input power = Plan.InputAt("sites.own.hardware.power");

        power.Value.ShouldBe(700);
        power.Origin.Basis.ShouldBe(Basis.Measured);
        power.Origin.Source.ShouldBe("the plan file, line 5");
        Plan.InputAt("links.named-own.bandwidth").Origin.Source.ShouldBe("the plan file, line 9");
    }

    [Fact]
    public void A_range_in_the_file_stays_one()
    {
        Input tariff = Plan.InputAt("sites.cloud.tariff");

        (tariff.Low, tariff.Value, tariff.High).ShouldBe((0.08, 0.10, 0.12));
    }

    [Fact]
    public void What_the_catalog_has_carries_its_source()
    {
        Input grid = Plan.InputAt("sites.named.grid.intensity");

        grid.Value.ShouldBe(342.1, 0.05, "Germany by Ember in 2024");
        grid.Origin.Source.ShouldContain("Ember");
        grid.Origin.Note!.ShouldContain("ember-2024, life cycle");
        Plan.InputAt("sites.named.hardware.peak").Value.ShouldBe(989e12, 1e12, "dense, not the sparse 1,979");
        Plan.InputAt("sites.named.hardware.embodied").Low.ShouldBe(150e3);
    }

    [Theory]
    [InlineData("sites.named.utilization", 0.4, "30 to 50 % of the peak")]
    [InlineData("sites.named.count", 1, "no count is given")]
    [InlineData("sites.named.pue", 1.56, "No PUE and no operator is given")]
    [InlineData("sites.own.hardware.embodied", 0, "not given")]
    [InlineData("sites.own.hardware.purchase", 0, "not given")]
    [InlineData("sites.own.hardware.idle-power", 210, "30 % of the training power")]
    [InlineData("sites.own.grid.intensity", 473, "No grid is given")]
    [InlineData("links.named-own.latency", 0, "not given: time on the way")]
    [InlineData("links.named-own.energy", 0.001, "a line between two facilities")]
    [InlineData("links.named-phone.energy", 0.03, "a way over the internet")]
    public void What_nobody_gives_is_assumed_aloud(string path, double value, string why)
    {
        Input input = Plan.InputAt(path);

        input.Value.ShouldBe(value, 1e-9);
        input.Origin.Basis.ShouldBe(Basis.Assumed);
        $"{input.Origin.Source} {input.Origin.Note}".ShouldContain(why);
    }

    [Fact]
    public void A_device_in_ambient_air_has_no_overhead()
    {
        string text = Text.Replace(", operator: ambient-air", "", StringComparison.Ordinal);

        Plans.Read(text).InputAt("sites.phone.pue").Value.ShouldBe(1);
        Plans.Read(text).InputAt("sites.phone.wue").Value.ShouldBe(0);
    }

    [Fact]
    public void The_file_goes_before_the_operator_and_the_catalog()
    {
        Plan.InputAt("sites.cloud.pue").Value.ShouldBe(1.5);
        Plan.InputAt("sites.cloud.hardware.power").Value.ShouldBe(650);
        Plan.InputAt("sites.cloud.hardware.idle-power").Origin.Source.ShouldNotContain("plan file");
    }

    [Fact]
    public void A_rate_that_was_measured_goes_before_an_assumed_share_of_the_peak()
    {
        PreparedPlan plan = Plans.Read(Text.Replace("hardware: h100, grid: DE", "hardware: v100, grid: DE", StringComparison.Ordinal));

        plan.InputAt("sites.named.hardware.achieved").Value.ShouldBe(24.6e12, 1e9, "GPT-3 on V100, Patterson et al. 2021");
        plan.Inputs.Find("sites.named.utilization").ShouldBeNull();
    }

    [Fact]
    public void Every_input_of_a_formula_is_in_the_table()
    {
        Plan.Arms[0].Model.Formulas.SelectMany(f => f.Inputs).ShouldAllBe(path => Plan.Inputs.Find(path) != null);
        Plan.Arms[0].Model.Formulas.Select(f => f.Output).ShouldBeUnique();
        Plan.Arms[0].Model.Formulas.ShouldAllBe(f => Planning.Models.Output.Find(f.Output) != null);
    }
}

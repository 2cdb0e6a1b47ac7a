using Atoll.Footprint.Quantities;
using Atoll.Planning.Analysis.Levers;
using Atoll.Planning.File;
using Atoll.Planning.Inputs;

namespace Atoll.Planning.Tests.Analysis;

public sealed class LeverTests
{
    [Fact]
    public void A_links_bandwidth_is_both_directions()
    {
        InputTable table = Directions();
        Lever.TryFind(table, "links.eu-north-eu-west.bandwidth", out Lever? lever, out _).ShouldBeTrue();
        double[] x = table.Values();
        lever.Set(x, 5e9);
        x.ShouldBe([5e9, 5e9]);
    }

    [Theory]
    [InlineData("links.eu-north-eu-west.bandwidth")]
    [InlineData("links.eu-west-eu-north.bandwidth")]
    public void A_links_sites_may_be_named_in_either_order_in_a_plan(string vary)
    {
        PreparedPlan plan = PlanFile.Parse(TwoRegions.Text.Replace("links.frankfurt-lulea.bandwidth", vary, StringComparison.Ordinal)
            .Replace("frankfurt", "eu-north", StringComparison.Ordinal).Replace("lulea", "eu-west", StringComparison.Ordinal)
            .Replace("10 Gbit/s", "{ up: 10 Gbit/s, down: 20 Gbit/s }", StringComparison.Ordinal), "plan.yaml", AppContext.BaseDirectory);
        Planner.Plan(plan).Solved.ShouldHaveSingleItem().Value.ShouldNotBeNull().ShouldBeInRange(1e8, 1e11);
    }

    [Fact]
    public void Two_directions_that_are_alike_are_varied_as_one_and_different_ones_apart()
    {
        Lever.All(Directions()).Select(l => l.Path).ShouldBe(["links.eu-north-eu-west.bandwidth.up", "links.eu-north-eu-west.bandwidth.down"]);
        Lever.All(Directions(down: 10e9)).Select(l => l.Path).ShouldBe(["links.eu-north-eu-west.bandwidth"]);
    }

    [Fact]
    public void An_unknown_input_is_answered_with_the_nearest()
    {
        Lever.TryFind(Directions(), "links.eu-north-eu-west.bandwith", out _, out string problem).ShouldBeFalse();
        problem.ShouldBe("must be an input of the plan (was links.eu-north-eu-west.bandwith). Did you mean links.eu-north-eu-west.bandwidth.up?");
    }

    [Theory]
    [InlineData("sites.a.pue", "", 1, 3, 0.99)]
    [InlineData("sites.a.utilization", "", 1e-6, 1, 0)]
    [InlineData("links.a-b.bandwidth", "bit/s", 1e-3, 1e15, 0)]
    [InlineData("links.a-b.distance", "m", 0, 1e8, -1)]
    public void Legal_values_end_where_the_inputs_rule_says(string path, string unit, double least, double most, double illegal)
    {
        LegalRange range = LegalRange.Of(path, unit);
        (range.Contains(least), range.Contains(most), range.Contains(illegal), range.Contains(double.NaN)).ShouldBe((true, true, false, false));
        range.Grid(1).ShouldAllBe(x => range.Contains(x) && x > 0);
        range.Grid(1).ShouldBe(range.Grid(1).Order());
    }

    [Theory]
    [InlineData("links.frankfurt-lulea.bandwidth", "bit/s", 4.3e9, "4.3 Gbit/s between frankfurt and lulea")]
    [InlineData("links.frankfurt-lulea.fibre.built", "$/m", 11.2 / 0.3048, "11.2 $/ft of fibre between frankfurt and lulea")]
    [InlineData("links.frankfurt-lulea.distance", "m", 2e6, "2,000 km between frankfurt and lulea")]
    [InlineData("links.lulea-eu-north-frankfurt.bandwidth", "bit/s", 1234.56e6, "1.23 Gbit/s between lulea, eu-north and frankfurt")]
    [InlineData("links.eu-north-lulea.bandwidth.down", "bit/s", 1e6, "1 Mbit/s from lulea to eu-north")]
    [InlineData("links.two-built.bandwidth", "bit/s", 1e9, "1 Gbit/s on the link two-built")]
    [InlineData("links.vpn.bandwidth.up", "bit/s", 1e6, "1 Mbit/s up on the link vpn")]
    [InlineData("sites.lulea.link.bandwidth", "bit/s", 1e9, "1 Gbit/s on the way out of lulea")]
    [InlineData("sites.lulea.interconnect.bandwidth", "bit/s", 4e11, "400 Gbit/s inside lulea")]
    [InlineData("sites.lulea.hardware.price", "$/h", 0.167949, "0.168 $/h of rent for an accelerator at lulea")]
    [InlineData("sites.lulea.pue", "", 1.3, "a PUE of 1.3 at lulea")]
    [InlineData("sites.lulea.grid.intensity", "g/kWh", 36, "36 g/kWh in the grid of lulea")]
    [InlineData("sites.lulea.tariff", "$/kWh", 0.07, "0.07 $/kWh for electricity at lulea")]
    [InlineData("sites.lulea.count", "", 1, "1 accelerator at lulea")]
    public void Values_are_said_in_the_words_of_the_plan(string path, string unit, double value, string words)
    {
        InputTable table = Synthetic.Table(("sites.frankfurt.pue", 1.1, 1.1, 1.1), ("sites.lulea.pue", 1.1, 1.1, 1.1), ("sites.eu-north.pue", 1.1, 1.1, 1.1));
        new LeverWords(table).At(new Lever(path, unit, [0], 1, 1, 1), value).ShouldBe(words);
    }

    private static InputTable Directions(double down = 1e9)
    {
        InputTable table = new();
        table.Add("links.eu-north-eu-west.bandwidth.up", new Estimate<Bandwidth>(new(10e9)), Synthetic.Stated);
        table.Add("links.eu-north-eu-west.bandwidth.down", new Estimate<Bandwidth>(new(down)), Synthetic.Stated);
        return table;
    }
}

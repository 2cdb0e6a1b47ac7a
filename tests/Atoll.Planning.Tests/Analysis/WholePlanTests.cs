using System.Globalization;
using Atoll.Planning.File;
using Atoll.Planning.Results;

namespace Atoll.Planning.Tests.Analysis;

public sealed class WholePlanTests
{
    [Fact]
    public void A_solution_written_into_the_file_gives_the_value()
    {
        double bandwidth = Answer(TwoRegions.Text).Solved[0].Value.ShouldNotBeNull();
        PlanResult again = Answer(TwoRegions.Text.Replace("10 Gbit/s", $"{bandwidth.ToString("R", CultureInfo.InvariantCulture)} bit/s", StringComparison.Ordinal));
        again.Arms.Single(a => a.Name == "islands").Utilization.ShouldBe(0.95, 0.95 * 1e-9);
    }

    [Fact]
    public void At_each_break_even_written_into_the_file_the_two_arms_have_the_same_figure()
    {
        PlanResult result = Answer(TwoRegions.Text);
        BreakEven[] prices = [.. result.BreakEvens.Where(b => b.Vary == "sites.lulea.hardware.price")];
        prices.ShouldNotBeEmpty();
        foreach (BreakEven flip in prices)
        {
            PlanResult there = Answer(TwoRegions.Text.Replace("2.95 $/h", $"{flip.Value.ToString("R", CultureInfo.InvariantCulture)} $/h", StringComparison.Ordinal));
            double below = there.Arms.Single(a => a.Name == flip.Below).CostUsd.Total;
            there.Arms.Single(a => a.Name == flip.Above).CostUsd.Total.ShouldBe(below, below * 1e-9);
            there.Arms.Min(a => a.CostUsd.Total).ShouldBe(below, below * 1e-9);
        }
    }

    [Fact]
    public void Sentences_name_only_arms_that_there_are_and_end()
    {
        PlanResult result = Answer(TwoRegions.Text);
        result.Recommendation.Reasons.ShouldAllBe(r => r.EndsWith('.') && !r.Contains("NaN") && !r.Contains("  "));
        result.BreakEvens.ShouldAllBe(b => b.Text.EndsWith('.') && b.Text.Contains(b.Below) && b.Text.Contains(b.Above));
        result.BreakEvens.Select(b => (b.Vary, b.By, b.Value)).ShouldBeUnique();
    }

    private static PlanResult Answer(string text) => Planner.Plan(PlanFile.Parse(text, "plan.yaml", AppContext.BaseDirectory));
}

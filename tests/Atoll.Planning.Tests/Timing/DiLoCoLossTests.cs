using Atoll.Planning.Timing;

namespace Atoll.Planning.Tests.Timing;

public sealed class DiLoCoLossTests
{
    /// <summary>By hand from the published laws: A/18.129 · N^(α + 0.0953).</summary>
    [Theory]
    [InlineData(1, 1e10, 0.994420)] // 1.012908 · 10^(10 · −0.0008)
    [InlineData(2, 1e10, 0.997801)] // 1.035247 · 10^(10 · −0.0016)
    [InlineData(4, 1e10, 0.996454)] // 1.090077 · 10^(10 · −0.0039)
    [InlineData(8, 1e10, 0.999767)] // 1.161179 · 10^(10 · −0.0065)
    [InlineData(8, 35e6, 1.037200)] // many sites cost more with a small model
    public void The_ratio_is_that_of_the_published_laws(int sites, double parameters, double byHand) =>
        DiLoCoLoss.Ratio(sites, parameters)!.Value.ShouldBe(byHand, 5e-6);

    [Fact]
    public void Between_two_laws_the_logarithm_runs_straight_over_that_of_the_sites()
    {
        double part = Math.Log(3 / 2.0) / Math.Log(2);

        Math.Log(DiLoCoLoss.Ratio(3, 1e9)!.Value).ShouldBe(
            (1 - part) * Math.Log(DiLoCoLoss.Ratio(2, 1e9)!.Value) + part * Math.Log(DiLoCoLoss.Ratio(4, 1e9)!.Value), 1e-12);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    public void Where_no_law_speaks_there_is_no_ratio_but_a_reason(int sites)
    {
        DiLoCoLoss.Ratio(sites, 1e9).ShouldBeNull();
        DiLoCoLoss.Note(sites, 1e9).ShouldBe($"The laws are for 1 to 8 sites; for {sites} none was published.");
    }

    [Fact]
    public void Sizes_beyond_those_tried_are_flagged()
    {
        DiLoCoLoss.Note(2, 1e9).ShouldBeNull();
        DiLoCoLoss.Note(2, 1e11).ShouldBe("The laws were fitted and tried on models of 35 M to 10 B parameters; beyond, the ratio is extrapolated.");
    }
}

using Atoll.Federation.Aggregation;
using Atoll.Federation.Buffering;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;

namespace Atoll.Federation.Tests.Buffering;

public sealed class StalenessTests
{
    [Theory]
    [InlineData(0, 1f)]
    [InlineData(3, 2f)]                 // √4
    [InlineData(8, 3f)]                 // √9
    [InlineData(1, 1.41421356f)]
    public void The_papers_weight_is_one_over_a_square_root(int staleness, float divisor) => new PolynomialStaleness().Divisor(staleness).ShouldBe(divisor);

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.75)]
    [InlineData(1)]
    [InlineData(1.0 / 3)]
    [InlineData(2.9)]
    [InlineData(4)]
    public void Any_exponent_is_the_power_of_one_plus_the_staleness(double exponent)
    {
        foreach (int staleness in (int[])[0, 1, 2, 5, 17, 1000, 1_000_000])
        {
            double expected = Math.Pow(1.0 + staleness, exponent);
            ((double)new PolynomialStaleness { Exponent = exponent }.Divisor(staleness)).ShouldBe(expected, expected * 1.2e-7);
        }
    }

    [Fact]
    public void The_greatest_staleness_there_can_be_still_has_a_weight() => float.IsFinite(new PolynomialStaleness { Exponent = 4 }.Divisor(int.MaxValue)).ShouldBeTrue();

    [Fact]
    public void Constant_counts_everything_in_full() => new ConstantStaleness().Divisor(1000).ShouldBe(1f);

    [Fact]
    public void Every_idle_site_is_as_likely_to_be_next()
    {
        Random random = new(5);
        int[] chosen = new int[10];
        for (int i = 0; i < 9000; i++)
        {
            chosen[FedBuff.Next([2, 5, 9], random)]++;
        }
        chosen.Sum().ShouldBe(9000);
        new[] { chosen[2], chosen[5], chosen[9] }.ShouldAllBe(count => Math.Abs(count - 3000) < 200); // four standard deviations and more
    }

    [Fact]
    public void What_needs_all_updates_from_one_model_contradicts_a_buffer()
    {
        FedBuff buffered = new() { Concurrency = 2 };
        Combination.Contradiction(new Scaffold(), buffered).ShouldNotBeNull().ShouldStartWith("scaffold corrects each site");
        Combination.Contradiction(new FedDyn(), buffered).ShouldNotBeNull().ShouldStartWith("fed-dyn's server state");
        Combination.Contradiction(new FedNova(), buffered).ShouldNotBeNull().ShouldEndWith("use fed-avg.");
        Combination.Contradiction(new UniformSelection { Count = 2 }, buffered).ShouldNotBeNull().ShouldStartWith("Where updates are buffered, no sites are selected");

        Combination.Contradiction(new FedProx { Mu = 1 }, buffered).ShouldBeNull();
        Combination.Contradiction(new FedAvg(), buffered).ShouldBeNull();
        Combination.Contradiction(new AllSites(), buffered).ShouldBeNull();
        Combination.Contradiction(new Scaffold(), (FedBuff?)null).ShouldBeNull();
    }

    [Fact]
    public void More_sites_at_a_time_than_there_are_cannot_train() =>
        Should.Throw<InvalidOperationException>(() => new FedBuff { Concurrency = 11 }.RequireSites(10)).Message.ShouldBe("Buffered updates with a concurrency of 11 need at least as many sites, but there are 10.");
}

using Atoll.Simulation.Arms;

namespace Atoll.Simulation.Tests;

public sealed class ResultAssemblyTests
{
    private const long Large = (1L << 53) + 1; // the first whole number that a double has not

    [Fact]
    public void Means_of_counts_are_exact_beyond_what_a_double_holds()
    {
        Mean(Large).ShouldBe(Large);
        Mean(Large, Large + 2).ShouldBe(Large + 1);
        Mean(long.MaxValue, long.MaxValue).ShouldBe(long.MaxValue);
    }

    [Fact]
    public void Means_are_rounded_to_the_nearest()
    {
        Mean(0, 0, 1).ShouldBe(0);
        Mean(0, 1, 1).ShouldBe(1);
        Mean(2, 3).ShouldBe(3);
    }

    [Fact]
    public void A_mean_that_does_not_fit_is_no_other_number() =>
        Should.Throw<OverflowException>(() => ResultAssembly.Mean([Seed(long.MaxValue)], seed => (Int128)seed.Samples * 4));

    private static long Mean(params long[] samples) => ResultAssembly.Mean([.. samples.Select(Seed)], seed => seed.Samples);

    private static ArmProgress Seed(long samples) => new() { Rounds = [], Samples = samples };
}

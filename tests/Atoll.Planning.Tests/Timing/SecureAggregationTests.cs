using Atoll.Planning.Timing;

namespace Atoll.Planning.Tests.Timing;

public sealed class SecureAggregationTests
{
    /// <summary>The expansion factors in the abstract of Bonawitz et al. 2017: 16-bit values, both ways.</summary>
    [Theory]
    [InlineData(1 << 10, 1 << 20, 1.73)]
    [InlineData(1 << 14, 1 << 24, 1.98)]
    public void The_published_expansion_is_met(double clients, double parameters, double published)
    {
        double bits = SecureAggregation.Up(clients, parameters, 16) + SecureAggregation.Down(clients);

        (bits / (16 * parameters)).ShouldBe(published, 0.005);
    }

    [Theory]
    [InlineData(1, 16, 16)]
    [InlineData(2, 16, 17)]
    [InlineData(1000, 32, 42)]
    public void A_sum_is_as_wide_as_its_largest_value(double clients, double bits, double width) => SecureAggregation.WidthOfSum(clients, bits).ShouldBe(width);
}

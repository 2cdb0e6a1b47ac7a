using Atoll.Learning.Kernels;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Tests.Randomness;

public sealed class ElementaryFunctionsTests
{
    [Fact]
    public void The_logarithm_is_within_two_units_in_the_last_place_of_the_platforms()
    {
        Philox random = new(1, Purpose.Shuffle);
        for (int i = 0; i < 500_000; i++)
        {
            // Every exponent, and half of the time near 1, where the result is near 0.
            double x = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64(0x7FF0_0000_0000_0000)) : 0.5 + random.NextDouble();

            Ulps(ElementaryFunctions.Log(x), Math.Log(x)).ShouldBeLessThanOrEqualTo(2, $"ln {x:R}");
        }
    }

    [Fact]
    public void The_exponential_is_within_two_units_in_the_last_place_of_the_platforms()
    {
        Philox random = new(2, Purpose.Shuffle);
        for (int i = 0; i < 500_000; i++)
        {
            double x = i % 2 == 0 ? (random.NextDouble() * 1454.9) - 745.1 : (random.NextDouble() - 0.5) * 4;

            Ulps(ElementaryFunctions.Exp(x), Math.Exp(x)).ShouldBeLessThanOrEqualTo(2, $"e^{x:R}");
        }
    }

    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(1.0, 0.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void The_logarithm_at_its_edges(double x, double expected) => ElementaryFunctions.Log(x).ShouldBe(expected);

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(710.0, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-746.0, 0.0)]
    [InlineData(double.NegativeInfinity, 0.0)]
    [InlineData(double.NaN, double.NaN)]
    public void The_exponential_at_its_edges(double x, double expected) => ElementaryFunctions.Exp(x).ShouldBe(expected);

    private static long Ulps(double a, double b) => Math.Abs(BitConverter.DoubleToInt64Bits(a) - BitConverter.DoubleToInt64Bits(b));
}

using Atoll.Planning.Analysis.Uncertainty;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;

namespace Atoll.Planning.Tests.Analysis;

public sealed class TriangleTests
{
    [Fact]
    public void Either_half_is_MathNets_triangular_distribution_with_its_mode_at_the_value() => Prop.ForAll(
        Gen.Choose(0, 1000).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (value, share) =>
        {
            double v = 2.001 + (2.998 * value / 1000.0), u = share / 1000.0;
            double expected = u < 0.5 ? Triangular.InvCDF(2, v, v, 2 * u) : Triangular.InvCDF(v, 5, v, (2 * u) - 1);
            return Math.Abs(Triangle.Quantile(u, 2, v, 5) - expected) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(1, 4, 4)]
    [InlineData(1, 1.5, 4)]
    public void The_value_is_the_median(double low, double value, double high) => Triangle.Quantile(0.5, low, value, high).ShouldBe(value);

    [Fact]
    public void The_ends_are_the_ends() => (Triangle.Quantile(0, 1, 1, 4), Triangle.Quantile(1, 1, 1, 4), Triangle.Quantile(1, 1, 4, 4)).ShouldBe((1, 4, 4));
}

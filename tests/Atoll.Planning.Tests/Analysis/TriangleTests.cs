using Atoll.Planning.Analysis.Uncertainty;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;

namespace Atoll.Planning.Tests.Analysis;

public sealed class TriangleTests
{
    [Fact]
    public void Quantiles_are_those_of_MathNets_triangular_distribution() => Prop.ForAll(
        Gen.Choose(0, 1000).ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (mode, share) =>
        {
            double m = 2 + (3 * mode / 1000.0), u = share / 1000.0;
            return Math.Abs(Triangle.Quantile(u, 2, m, 5) - Triangular.InvCDF(2, 5, m, u)) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_ends_are_the_ends() => (Triangle.Quantile(0, 1, 1, 4), Triangle.Quantile(1, 1, 1, 4), Triangle.Quantile(1, 1, 4, 4)).ShouldBe((1, 4, 4));
}

using Atoll.Planning.Timing;
using MathNet.Numerics.Distributions;

namespace Atoll.Planning.Tests.Timing;

public sealed class GaussianTests
{
    [Fact]
    public void The_share_below_is_that_of_MathNet()
    {
        for (double z = -12; z <= 12; z += 0.013)
        {
            double expected = Normal.CDF(0, 1, z);

            Gaussian.Below(z).ShouldBe(expected, 1e-14);
            (Gaussian.Below(z) / expected).ShouldBe(1, 1e-6, $"z = {z}");
        }
    }

    [Fact]
    public void The_quantile_inverts_the_share_below()
    {
        for (double z = -5; z <= 5; z += 0.1)
        {
            Gaussian.Quantile(Gaussian.Below(z)).ShouldBe(z, 1e-8);
        }
    }
}

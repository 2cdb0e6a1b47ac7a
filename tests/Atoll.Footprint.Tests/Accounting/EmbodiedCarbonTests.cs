using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Accounting;

public sealed class EmbodiedCarbonTests
{
    /// <summary>Luccioni et al. (2022), arXiv 2211.02001: six years at 85 % use. Its server of 2,500 kg has eight GPUs.</summary>
    [Theory]
    [InlineData(150, 1, 3.36)]
    [InlineData(2500, 0.125, 7.0)]
    public void Bloom_s_hour_of_a_gpu_comes_out(double kilograms, double share, double grams)
    {
        Quantity<Carbon> hour = EmbodiedCarbon.Of(kilograms * Carbon.Kilogram, 1 * Time.Hour, 6 * 8760 * Time.Hour, use: 0.85, share);
        hour.In(Carbon.Gram).ShouldBe(grams, 0.01);
    }

    /// <summary>By hand: 1,000 kg over 4 years, reserved for a month of 1/48 of them, 2 of 8 processors: 1,000,000 / 48 / 4 g.</summary>
    [Fact]
    public void Sci_s_formula_takes_shares_of_time_and_resources() =>
        EmbodiedCarbon.Of(1000 * Carbon.Kilogram, 1.0 / 12 * Time.Year, 4 * Time.Year, share: 2.0 / 8).In(Carbon.Gram).ShouldBe(5208.333, 0.001);

    [Fact]
    public void Shares_of_a_machine_add_up_to_all_of_it()
    {
        Quantity<Carbon> all = 3660 * Carbon.Kilogram, sum = Quantity<Carbon>.Zero;
        foreach (double part in (double[])[0.5, 0.3, 0.2])
        {
            sum += EmbodiedCarbon.Of(all, 4 * Time.Year, 4 * Time.Year, share: part);
        }
        sum.In(Carbon.Kilogram).ShouldBe(3660, 1e-9);
    }

    [Fact]
    public void A_device_without_a_lifetime_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => EmbodiedCarbon.Of(1 * Carbon.Kilogram, 1 * Time.Hour, default)).Message.ShouldContain("lifetime must be more than 0 (was 0)");

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_use_that_is_no_share_is_refused(double use) =>
        Should.Throw<ArgumentOutOfRangeException>(() => EmbodiedCarbon.Of(1 * Carbon.Kilogram, 1 * Time.Hour, 1 * Time.Year, use));
}

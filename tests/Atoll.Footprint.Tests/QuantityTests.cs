using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests;

public sealed class QuantityTests
{
    [Fact]
    public void Power_over_time_is_energy() => ((0.4 * Power.Kilowatt) * (3 * Time.Hour)).In(Energy.KilowattHour).ShouldBe(1.2, 1e-12);

    [Theory]
    [InlineData("10 Gbit/s", "10 Gbit/s")]
    [InlineData("10 GB/s", "80 Gbit/s")]
    [InlineData("1.25e9B/s", "10 Gbit/s")]
    public void A_bandwidth_reads_in_bits_and_bytes(string text, string printed) => Quantity<Bandwidth>.Parse(text).ToString().ShouldBe(printed);

    [Fact]
    public void Text_of_another_dimension_is_refused_with_what_it_is() =>
        Should.Throw<FormatException>(() => Quantity<Power>.Parse("3 kWh")).Message.ShouldContain("which is an energy");
}

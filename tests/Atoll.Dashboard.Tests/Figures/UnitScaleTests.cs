using Atoll.Dashboard.Figures;
using Atoll.Footprint.Quantities;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Dashboard.Tests.Figures;

public sealed class UnitScaleTests
{
    [Theory]
    [InlineData(1287.3, "MWh", "1,287 MWh")]
    [InlineData(1287300, "kWh", "1.29 GWh")]
    [InlineData(0.4, "kWh", "400 Wh")]
    [InlineData(552100, "kg", "552 t")]
    [InlineData(0.00336, "kg", "3.36 g")]
    [InlineData(4_200_000, "$", "$4.20 M")]
    [InlineData(999.96, "USD", "$1.00 k")]
    [InlineData(0.85, "$", "$0.850")]
    [InlineData(-1500, "$", "−$1.50 k")]
    [InlineData(2.95, "$/h", "$2.95/h")]
    [InlineData(21.293, "$/m", "$6.49/ft")]
    [InlineData(4.31e9, "bit/s", "4.31 Gbit/s")]
    [InlineData(8e12, "bit", "1 TB")]
    [InlineData(108, "h", "4.50 d")]
    [InlineData(0.0104, "s", "10.4 ms")]
    [InlineData(2_000_000, "m", "2,000 km")]
    [InlineData(499_000, "L", "499 m³")]
    [InlineData(0.962, "share", "96.2 %")]
    [InlineData(1.00421, "ratio", "1.004")]
    [InlineData(1.1961, "factor", "1.20")]
    [InlineData(342.1, "g/kWh", "342 g/kWh")]
    [InlineData(1e11, "", "1.00 × 10¹¹")]
    [InlineData(8192, "", "8,192")]
    [InlineData(0, "kWh", "0 kWh")]
    [InlineData(double.NaN, "kWh", "–")]
    public void An_amount_has_three_digits_and_the_unit_that_reads_best(double value, string unit, string text) => Figure.Amount(value, unit).ShouldBe(text);

    [Fact]
    public void Figures_of_one_column_share_a_unit_where_one_fits_all()
    {
        var scale = UnitScale.Of("kWh");

        scale.Shared([950_000, 1_611_000]).ShouldNotBeNull().After.ShouldBe(" MWh");
        scale.Shared([0.9, 1e9]).ShouldBeNull("nine decades fit no unit");
        UnitScale.Of("$").Shared([90.2, 25_545]).ShouldNotBeNull().After.ShouldBe("", "$0.0902 k is read wrongly");
        UnitScale.Of("h").Shared([1.5, 1.9]).ShouldNotBeNull().After.ShouldBe(" h");
        UnitScale.Of("h").Shared([0.132, 11.3]).ShouldBeNull("8 min beside 11 h, not 0.132 h, and not 678 min");
        scale.Shared([null, double.NaN, 0]).ShouldBeNull();
    }

    [Fact]
    public void A_range_has_the_unit_of_its_figure_and_says_to_where_an_end_is_negative()
    {
        var million = UnitScale.Of("$").Step(2e6);

        UnitScale.Ends(1.02e6, 1.95e6, million).ShouldBe("1.02–1.95");
        UnitScale.Ends(-1e6, 0.95e6, million).ShouldBe("−1 to 0.950");
    }

    /// <summary>The unit is the one that <see cref="QuantityText"/>, written apart from this, would choose.</summary>
    [Fact]
    public void Energy_is_in_the_unit_that_the_footprint_prints_it_in() => Prop.ForAll(
        Gen.Choose(-2, 10).SelectMany(power => Gen.Choose(100, 999).Select(digits => digits * Math.Pow(10, power))).ToArbitrary(),
        kilowattHours => Figure.Amount(kilowattHours, "kWh").Split(' ')[^1] == (kilowattHours * Energy.KilowattHour).ToString().Split(' ')[^1]).QuickCheckThrowOnFailure();
}

using Atoll.Footprint.Quantities;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Footprint.Tests;

public sealed class QuantityTextTests
{
    /// <summary>One of each unit is so many base units: by definition of the unit (SI, NIST SP 811 for foot, mile and pound), written out here by hand.</summary>
    [Theory]
    [InlineData("J", 1), InlineData("kJ", 1e3), InlineData("MJ", 1e6), InlineData("mWh", 3.6), InlineData("Wh", 3600), InlineData("kWh", 3.6e6), InlineData("MWh", 3.6e9), InlineData("GWh", 3.6e12), InlineData("TWh", 3.6e15)]
    public void Energy_is_in_joules(string unit, double size) => One<Energy>(unit, size);

    [Theory]
    [InlineData("W", 1), InlineData("mW", 1e-3), InlineData("kW", 1e3), InlineData("MW", 1e6), InlineData("GW", 1e9)]
    public void Power_is_in_watts(string unit, double size) => One<Power>(unit, size);

    [Theory]
    [InlineData("g", 1), InlineData("gCO2e", 1), InlineData("mg", 1e-3), InlineData("kg", 1e3), InlineData("kgCO2eq", 1e3), InlineData("t", 1e6), InlineData("tCO2e", 1e6), InlineData("kt", 1e9)]
    public void Carbon_is_in_grams(string unit, double size) => One<Carbon>(unit, size);

    [Theory]
    [InlineData("g/kWh", 1), InlineData("kg/MWh", 1), InlineData("kg/kWh", 1000), InlineData("t/MWh", 1000), InlineData("lb/kWh", 453.59237), InlineData("lb/MWh", 0.45359237), InlineData("lbs/MWh", 0.45359237)]
    public void Intensity_is_in_grams_a_kilowatt_hour(string unit, double size) => One<CarbonIntensity>(unit, size);

    /// <summary>Strubell et al. 2019 (arXiv 1906.02243) count 0.954 lb for a kilowatt-hour of the United States: 432.7 g.</summary>
    [Fact]
    public void Pounds_a_kilowatt_hour_are_read() => QuantityText.TryParse("0.954 lb/kWh", out Quantity<CarbonIntensity> value, out _).ShouldBe(value.Value is > 432.7 and < 432.8);

    [Fact]
    public void A_gigabit_without_its_ending_is_not_taken_for_a_gigabyte()
    {
        QuantityText.TryParse("10 Gb/s", out Quantity<Bandwidth> _, out string rate).ShouldBeFalse();
        QuantityText.TryParse("10 Gb", out Quantity<Data> _, out string amount).ShouldBeFalse();

        rate.ShouldEndWith("Did you mean Gbit/s?");
        amount.ShouldEndWith("Did you mean Gbit?");
    }

    [Theory]
    [InlineData("bit/s", 1), InlineData("kbit/s", 1e3), InlineData("Mbps", 1e6), InlineData("Gbit/s", 1e9), InlineData("Tbit/s", 1e12), InlineData("B/s", 8), InlineData("kB/s", 8e3), InlineData("MB/s", 8e6), InlineData("GB/s", 8e9)]
    public void Bandwidth_is_in_bits_a_second(string unit, double size) => One<Bandwidth>(unit, size);

    [Theory]
    [InlineData("bit", 1), InlineData("kbit", 1e3), InlineData("Mbit", 1e6), InlineData("Gbit", 1e9), InlineData("Tbit", 1e12), InlineData("B", 8), InlineData("kB", 8e3), InlineData("MB", 8e6), InlineData("GB", 8e9), InlineData("TB", 8e12), InlineData("PB", 8e15), InlineData("EB", 8e18)]
    [InlineData("KiB", 8 * 1024.0), InlineData("MiB", 8 * 1048576.0), InlineData("GiB", 8 * 1073741824.0), InlineData("TiB", 8 * 1099511627776.0)]
    public void Data_is_in_bits(string unit, double size) => One<Data>(unit, size);

    [Theory]
    [InlineData("s", 1), InlineData("ns", 1e-9), InlineData("us", 1e-6), InlineData("µs", 1e-6), InlineData("ms", 1e-3), InlineData("min", 60), InlineData("h", 3600), InlineData("d", 86_400), InlineData("weeks", 604_800), InlineData("y", 365.25 * 86_400)]
    public void Time_is_in_seconds(string unit, double size) => One<Time>(unit, size);

    [Theory]
    [InlineData("m", 1), InlineData("km", 1e3), InlineData("ft", 0.3048), InlineData("mi", 1609.344)]
    public void Distance_is_in_metres(string unit, double size) => One<Distance>(unit, size);

    [Theory]
    [InlineData("L", 1), InlineData("mL", 1e-3), InlineData("m3", 1e3), InlineData("m³", 1e3), InlineData("ML", 1e6)]
    public void Water_is_in_litres(string unit, double size) => One<Water>(unit, size);

    [Theory]
    [InlineData("FLOP", 1), InlineData("", 1), InlineData("GFLOP", 1e9), InlineData("TFLOP", 1e12), InlineData("PFLOP", 1e15), InlineData("EFLOP", 1e18), InlineData("ZFLOP", 1e21)]
    public void Computation_is_in_operations(string unit, double size) => One<Computation>(unit, size);

    [Theory]
    [InlineData("FLOP/s", 1), InlineData("MFLOPS", 1e6), InlineData("GFLOP/s", 1e9), InlineData("TFLOP/s", 1e12), InlineData("TFLOPS", 1e12), InlineData("PFLOP/s", 1e15), InlineData("EFLOP/s", 1e18)]
    public void Rates_are_in_operations_a_second(string unit, double size) => One<ComputeRate>(unit, size);

    [Fact]
    public void Prices_are_in_dollars()
    {
        One<Money>("$", 1);
        One<Money>("k$", 1e3);
        One<Money>("M$", 1e6);
        One<EnergyPrice>("$/MWh", 1e-3);
        One<HourlyPrice>("$/d", 1.0 / 24);
        One<HourlyPrice>("$/y", 1.0 / (365.25 * 24));
        One<HourlyPrice>("$/month", 12 / (365.25 * 24));
        One<DataPrice>("$/TB", 1e-3);
        One<BandwidthPrice>("$/Gbit/s-month", 1e-3);
        One<DistancePrice>("$/ft", 1 / 0.3048);
        One<DistancePrice>("$/km", 1e-3);
        One<DistancePrice>("$/mi", 1 / 1609.344);
    }

    [Fact]
    public void Energy_of_data_water_intensity_counts_and_shares_have_their_units()
    {
        One<DataEnergy>("Wh/GB", 1e-3);
        One<DataEnergy>("J/bit", 8e9 / 3.6e6);
        One<WaterIntensity>("L/kWh", 1);
        One<WaterIntensity>("m3/MWh", 1);
        One<Count>("k", 1e3);
        One<Count>("M", 1e6);
        One<Count>("B", 1e9);
        One<Count>("T", 1e12);
        One<Ratio>("%", 0.01);
        One<Ratio>("", 1);
    }

    [Fact]
    public void What_is_printed_exactly_reads_back_to_the_same_bits()
    {
        RoundTrip<Energy>();
        RoundTrip<Bandwidth>();
        RoundTrip<Money>();
        RoundTrip<Count>();
        RoundTrip<Ratio>();
        RoundTrip<BandwidthPrice>();
    }

    [Fact]
    public void What_is_printed_for_people_reads_back_within_its_three_digits()
    {
        Rounded<Energy>();
        Rounded<Power>();
        Rounded<Data>();
        Rounded<Carbon>();
        Rounded<Time>();
        Rounded<Distance>();
        Rounded<CarbonIntensity>();
        Rounded<ComputeRate>();
    }

    [Fact]
    public void A_range_that_is_printed_exactly_reads_back_to_the_same_bits() =>
        Prop.ForAll(Positive(), Positive(), Positive(), (a, b, c) =>
        {
            double[] sorted = [a, b, c];
            Array.Sort(sorted);
            Estimate<EnergyPrice> range = new(new(sorted[1]), new(sorted[0]), new(sorted[2]));
            return QuantityText.TryParse(QuantityText.Exact(range), out Estimate<EnergyPrice> read, out _) && read == range;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ranges_add_up_at_their_ends_and_hold_every_sum_of_what_is_in_them() =>
        Prop.ForAll(Positive(), Positive(), ArbMap.Default.ArbFor<byte>(), (low, width, at) =>
        {
            Estimate<Energy> a = new(new(low + width * at / 255), new(low), new(low + width)), sum = a + a * 2;
            return sum.Low <= sum.Value && sum.Value <= sum.High && Math.Abs(sum.High.Value - 3 * a.High.Value) <= 1e-9 * sum.High.Value;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2.95 (1.47 to 6.88) $/h", 2.95, 1.47, 6.88)]
    [InlineData("1.47 to 6.88 $/h", 4.175, 1.47, 6.88)]
    [InlineData("2.95 $/h", 2.95, 2.95, 2.95)]
    [InlineData("  1e-1 to 3.0E+1 $/h ", 15.05, 0.1, 30)]
    public void A_price_may_be_a_range(string text, double value, double low, double high)
    {
        QuantityText.TryParse(text, out Estimate<HourlyPrice> price, out string problem).ShouldBeTrue(problem);
        (price.Value.Value, price.Low.Value, price.High.Value).ShouldBe((value, low, high));
    }

    [Fact]
    public void A_share_may_be_a_range()
    {
        QuantityText.TryParse("1.1 to 1.3", out Estimate<Ratio> pue, out _).ShouldBeTrue();
        (pue.Low.Value, Math.Round(pue.Value.Value, 12), pue.High.Value).ShouldBe((1.1, 1.2, 1.3));
    }

    [Theory]
    [InlineData("6.88 to 1.47 $/h", "must have its value within its range")]
    [InlineData("9 (1.47 to 6.88) $/h", "must have its value within its range")]
    [InlineData("1.47 to 6.88 $/kWh", "which is a price of energy")]
    [InlineData("1.47 to $/h", "must be a price per hour")]
    [InlineData("1.4.7 to 6.88 $/h", "must be a price per hour")]
    [InlineData("1 to 2 to 3 $/h", "must be a price per hour")]
    public void A_range_that_is_none_is_refused(string text, string problem)
    {
        QuantityText.TryParse(text, out Estimate<HourlyPrice> _, out string said).ShouldBeFalse();
        said.ShouldContain(problem);
    }

    [Theory]
    [InlineData("NaN W")]
    [InlineData("Infinity W")]
    [InlineData("-∞ W")]
    [InlineData("1e999 W")]
    [InlineData("1,000 W")]
    [InlineData("1 000 W")]
    [InlineData("1_000 W")]
    [InlineData("0x10 W")]
    [InlineData("--5 W")]
    [InlineData("5")]
    [InlineData("W")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("5 w")]
    [InlineData("5 kw")]
    [InlineData("5 W W")]
    [InlineData("٥ W")]
    public void What_is_no_power_is_refused(string text) => Refused<Power>(text).ShouldContain($"must be a power, a number with a unit (W, mW, kW, MW, GW) (was \"{text}\"");

    [Fact]
    public void Case_tells_milli_from_mega()
    {
        Quantity<Power>.Parse("5 mW").Value.ShouldBe(0.005);
        Quantity<Power>.Parse("5 MW").Value.ShouldBe(5e6);
        Quantity<Data>.Parse("1 MB").Value.ShouldBe(8e6);
        Refused<Data>("1 mB").ShouldContain("must be an amount of data");
    }

    [Theory]
    [InlineData("10 Gb/s", "Gbit/s")]
    [InlineData("10 Gbits/s", "Gbit/s")]
    [InlineData("10 Gbit", "which is an amount of data")]
    public void A_unit_that_is_near_another_is_asked_about(string text, string hint) => Refused<Bandwidth>(text).ShouldContain(hint);

    /// <summary>Gb may be bits or bytes, and a bit is an eighth of a byte: it is refused, not guessed.</summary>
    [Fact]
    public void Bits_and_bytes_are_not_guessed_at()
    {
        Refused<Bandwidth>("10 Gb/s");
        Refused<Data>("10 Gb");
        Refused<Data>("10 gb");
    }

    [Theory]
    [InlineData(0.45545, "0.455")]
    [InlineData(0.099949, "0.0999")]
    [InlineData(0.09404, "0.094")]
    [InlineData(0.0099949, "0.00999")]
    [InlineData(0.00123456, "0.00123")]
    [InlineData(0.99949, "0.999")]
    [InlineData(9.9949, "9.99")]
    [InlineData(99.949, "99.9")]
    [InlineData(999.49, "999")]
    [InlineData(0.00012345, "1.23e-4")]
    [InlineData(-1234.4, "-1,234")]
    [InlineData(1287000, "1,287,000")]
    [InlineData(3.14e23, "3.14e23")]
    public void Numbers_have_three_digits_and_whole_ones_all(double number, string text) => QuantityText.Digits(number).ShouldBe(text);

    [Fact]
    public void Figures_of_a_column_have_one_unit()
    {
        Unit<Energy> unit = QuantityText.UnitFor(1.29 * Energy.GigawattHour);
        QuantityText.Print(35 * Energy.MegawattHour, unit).ShouldBe("0.035 GWh");
        QuantityText.Print(1.29 * Energy.GigawattHour).ShouldBe("1.29 GWh");
    }

    private static string Refused<T>(string text) where T : IDimension<T>
    {
        QuantityText.TryParse(text, out Quantity<T> _, out string problem).ShouldBeFalse(text);
        return problem;
    }

    private static void One<T>(string unit, double size) where T : IDimension<T> => Quantity<T>.Parse($"1 {unit}").Value.ShouldBe(size, Math.Abs(size) * 1e-15);

    private static void RoundTrip<T>() where T : IDimension<T> => Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), number =>
        Quantity<T>.Parse(QuantityText.Exact(new Quantity<T>(number.Get))).Value.Equals(number.Get)).QuickCheckThrowOnFailure();

    private static void Rounded<T>() where T : IDimension<T> => Prop.ForAll(Positive(), number =>
    {
        Quantity<T> quantity = new(number);
        double read = Quantity<T>.Parse(QuantityText.Print(quantity).Replace(",", "", StringComparison.Ordinal)).Value;
        return Math.Abs(read - number) <= 0.0051 * number;
    }).QuickCheckThrowOnFailure();

    /// <summary>Over thirty orders of magnitude.</summary>
    private static Arbitrary<double> Positive() => Gen.Choose(-150_000, 150_000).Select(e => Math.Pow(10, e / 10_000.0)).ToArbitrary();
}

using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Accounting;

/// <summary>By hand throughout.</summary>
public sealed class CostTests
{
    [Fact]
    public void Rented_hardware_costs_its_hours() =>
        HardwareCost.Rented(512, 10 * Time.Day, 2.95 * HourlyPrice.DollarPerHour).In(Money.Dollar).ShouldBe(512 * 240 * 2.95, 1e-6);

    [Fact]
    public void Owned_hardware_costs_its_share_of_its_life() =>
        HardwareCost.Owned(8, 30_000 * Money.Dollar, 0.5 * Time.Year, 5 * Time.Year).In(Money.Dollar).ShouldBe(24_000, 1e-6);

    [Fact]
    public void Electricity_costs_what_the_tariff_says() =>
        HardwareCost.Electricity(1287 * Energy.MegawattHour, 75 * EnergyPrice.DollarPerMegawattHour).In(Money.Dollar).ShouldBe(96_525, 1e-6);

    /// <summary>$4.6 M for 3.14e23 operations are 314,000 exaFLOP: $14.65 each.</summary>
    [Fact]
    public void An_exaflop_is_ten_to_the_eighteen_operations() =>
        HardwareCost.PerExaflop(4.6 * Money.Million, 3.14e23 * Computation.Flop).In(Money.Dollar).ShouldBe(14.6497, 0.0001);

    [Fact]
    public void Cost_per_exaflop_of_no_work_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => HardwareCost.PerExaflop(1 * Money.Dollar, default)).Message.ShouldContain("work must be more than 0");

    /// <summary>2,000 km × 3,280.84 ft × $6.49 = $42.585 M; of 20 years, one costs a twentieth.</summary>
    [Fact]
    public void Fibre_costs_by_the_foot_and_is_used_for_years()
    {
        Quantity<Money> capital = Capital.Fibre(2000 * Distance.Kilometre, 6.49 * DistancePrice.DollarPerFoot);
        capital.In(Money.Dollar).ShouldBe(2000 * 3280.84 * 6.49, 5);
        Capital.Share(capital, 1 * Time.Year, 20 * Time.Year).In(Money.Dollar).ShouldBe(capital.In(Money.Dollar) / 20, 1e-6);
    }

    [Fact]
    public void Transit_is_paid_for_the_bandwidth_held() =>
        NetworkCost.Transit(10 * Bandwidth.GigabitPerSecond, 1 * BandwidthPrice.DollarPerMegabitPerSecondMonth, 0.5 * Time.Year).In(Money.Dollar).ShouldBe(60_000, 1e-6);

    [Fact]
    public void Egress_is_paid_for_bytes_and_not_for_bits() =>
        NetworkCost.Egress(8 * Data.Terabit, 0.09 * DataPrice.DollarPerGigabyte).In(Money.Dollar).ShouldBe(90, 1e-9);

    [Fact]
    public void A_line_is_leased_for_a_time() =>
        NetworkCost.Lease(1 * Time.Year, 12_000 * HourlyPrice.DollarPerMonth).In(Money.Dollar).ShouldBe(144_000, 1e-6);

    [Fact]
    public void Ways_up_and_down_take_the_energy_of_their_technologies()
    {
        Quantity<DataEnergy> mobile = 0.14 * DataEnergy.KilowattHourPerGigabyte, cloud = 1 * DataEnergy.WattHourPerGigabyte;
        NetworkEnergy.Of(2 * Data.Gigabyte, mobile, 10 * Data.Gigabyte, cloud).In(Energy.KilowattHour).ShouldBe(0.29, 1e-12);
        NetworkEnergy.Of(2 * Data.Gigabyte, mobile, cloud).In(Energy.KilowattHour).ShouldBe(0.282, 1e-12);
    }
}

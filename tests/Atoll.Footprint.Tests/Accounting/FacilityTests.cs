using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Footprint.Tests.Accounting;

public sealed class FacilityTests
{
    private static readonly Quantity<Energy> Computers = 100 * Energy.KilowattHour;

    [Fact]
    public void Overhead_is_what_the_facility_takes_beside_its_computers()
    {
        Facility.Overhead(Computers, 1.58).In(Energy.KilowattHour).ShouldBe(58, 1e-9);
        (Facility.Total(Computers, 1.58) - Computers).Value.ShouldBe(Facility.Overhead(Computers, 1.58).Value, 1e-6);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_pue_below_one_or_of_no_number_is_refused(double pue) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Facility.Overhead(Computers, pue)).Message.ShouldContain("pue must be at least 1 (was");

    /// <summary>By hand: 300 kWh at 1.1 and 100 kWh at 1.5 are 30 + 50 of overhead for 400.</summary>
    [Fact]
    public void The_effective_pue_weighs_sites_by_energy()
    {
        Quantity<Energy> overhead = Facility.Overhead(300 * Energy.KilowattHour, 1.1) + Facility.Overhead(100 * Energy.KilowattHour, 1.5);
        Facility.EffectivePue(400 * Energy.KilowattHour, overhead).ShouldBe(1.2, 1e-12);
    }

    [Fact]
    public void One_facility_s_effective_pue_is_its_pue() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte>(), step =>
        {
            double pue = 1 + step / 100.0;
            return Math.Abs(Facility.EffectivePue(Computers, Facility.Overhead(Computers, pue)) - pue) < 1e-12;
        }).QuickCheckThrowOnFailure();

    /// <summary>By hand after Li et al. (2023): 1,000 kWh × (0.55 + 1.17 × 3.142) = 550 + 3,676.14 litres.</summary>
    [Fact]
    public void Water_is_on_site_per_computing_and_off_site_per_all_energy()
    {
        Quantity<WaterIntensity> onSite = 0.55 * WaterIntensity.LitrePerKilowattHour, offSite = 3.142 * WaterIntensity.LitrePerKilowattHour;
        WaterUse.Of(1 * Energy.MegawattHour, 1.17, onSite, offSite).In(Water.Litre).ShouldBe(4226.14, 0.001);
    }
}

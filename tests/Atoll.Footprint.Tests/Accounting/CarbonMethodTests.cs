using Atoll.Footprint.Accounting;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Accounting;

public sealed class CarbonMethodTests
{
    private static readonly Quantity<Energy> Used = 10 * Energy.MegawattHour;

    private static readonly Quantity<CarbonIntensity> Grid = 342.1 * CarbonIntensity.GramPerKilowattHour, Wind = 11 * CarbonIntensity.GramPerKilowattHour;

    /// <summary>By hand: 10,000 kWh × (0.8 × 11 + 0.2 × 342.1) = 772.2 kg; the grid's mean gives 3,421 kg whatever the contract.</summary>
    [Fact]
    public void A_contract_lowers_the_market_based_figure_alone()
    {
        OperationalCarbon.MarketBased(Used, 0.8, Wind, Grid).In(Carbon.Kilogram).ShouldBe(772.2, 1e-9);
        OperationalCarbon.LocationBased(Used, Grid).In(Carbon.Kilogram).ShouldBe(3421, 1e-9);
    }

    [Fact]
    public void Without_contracts_both_methods_agree() =>
        OperationalCarbon.MarketBased(Used, 0, Wind, Grid).ShouldBe(OperationalCarbon.LocationBased(Used, Grid));

    [Fact]
    public void More_than_all_cannot_be_contracted() =>
        Should.Throw<ArgumentOutOfRangeException>(() => OperationalCarbon.MarketBased(Used, 1.2, Wind, Grid)).Message.ShouldContain("share must be from 0 to 1 (was 1.2)");

    /// <summary>By hand: (2 kWh × 500 g/kWh + 200 g) / 1,000 samples = 1.2 g.</summary>
    [Fact]
    public void The_sci_score_is_operation_and_making_for_each_functional_unit() =>
        SoftwareCarbonIntensity.Score(2 * Energy.KilowattHour, 500 * CarbonIntensity.GramPerKilowattHour, 200 * Carbon.Gram, 1000).In(Carbon.Gram).ShouldBe(1.2, 1e-12);

    [Fact]
    public void A_score_for_nothing_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => SoftwareCarbonIntensity.Score(Used, Grid, default, 0)).Message.ShouldContain("functionalUnits must be more than 0");
}

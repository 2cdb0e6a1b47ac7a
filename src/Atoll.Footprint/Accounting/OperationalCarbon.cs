using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>Emissions of the electricity used (Scope 2), by both methods: neither stands for the other, and a report that has contracts gives both.</summary>
/// <remarks>World Resources Institute and WBCSD (2015), "GHG Protocol Scope 2 Guidance". Energy is all that is taken from the grid: overhead included.</remarks>
public static class OperationalCarbon
{
    /// <summary><c>E × mean intensity of the grid</c>, whatever was contracted.</summary>
    public static Quantity<Carbon> LocationBased(Quantity<Energy> energy, Quantity<CarbonIntensity> grid) => energy * grid;

    /// <summary><c>E × (share × contract + (1 − share) × residual)</c>.</summary>
    /// <param name="share">Of the energy that is covered by contracts (certificates, power purchase agreements), from 0 to 1.</param>
    /// <param name="contract">Intensity of what was contracted.</param>
    /// <param name="residual">Of the grid without what others contracted; the grid's mean where no residual mix is published.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public static Quantity<Carbon> MarketBased(Quantity<Energy> energy, double share, Quantity<CarbonIntensity> contract, Quantity<CarbonIntensity> residual)
    {
        Require.Within(0, 1, share, nameof(share));
        return energy * (share * contract + (1 - share) * residual);
    }
}

using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>The SCI score: <c>SCI = ((E × I) + M) per R</c>, grams of CO₂ equivalent for each functional unit.</summary>
/// <remarks>ISO/IEC 21031:2024. A rate, so offsets and certificates do not lower it: operational carbon is location-based. A baseline must be computed by the same method.</remarks>
public static class SoftwareCarbonIntensity
{
    /// <param name="energy">E, with overhead.</param>
    /// <param name="intensity">I, of the grid, location-based.</param>
    /// <param name="embodied">M, from <see cref="EmbodiedCarbon"/>.</param>
    /// <param name="functionalUnits">R, how many were done: samples, tokens, models.</param>
    /// <exception cref="ArgumentOutOfRangeException">R is not above zero.</exception>
    public static Quantity<Carbon> Score(Quantity<Energy> energy, Quantity<CarbonIntensity> intensity, Quantity<Carbon> embodied, double functionalUnits) =>
        (energy * intensity + embodied) / Require.MoreThan(0, functionalUnits, nameof(functionalUnits));
}

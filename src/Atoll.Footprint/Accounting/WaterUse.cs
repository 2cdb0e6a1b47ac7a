using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>Water evaporated for a facility's cooling and for making its electricity.</summary>
/// <remarks>Li, Yang, Islam and Ren (2023), "Making AI Less 'Thirsty'", arXiv 2304.03271. Both are consumption; withdrawal is higher.</remarks>
public static class WaterUse
{
    /// <summary><c>E_IT × (WUE_on-site + PUE × WUE_off-site)</c>: on-site water is per IT energy, off-site per all energy that the facility takes from the grid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The PUE is below 1.</exception>
    public static Quantity<Water> Of(Quantity<Energy> computers, double pue, Quantity<WaterIntensity> onSite, Quantity<WaterIntensity> offSite) =>
        computers * onSite + Facility.Total(computers, pue) * offSite;
}

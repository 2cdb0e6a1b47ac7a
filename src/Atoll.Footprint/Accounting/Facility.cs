using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>What a facility takes beside its computers: cooling, conversion, light. <c>PUE = facility energy / IT energy</c>.</summary>
/// <remarks>
/// ISO/IEC 30134-2. Cooling is derived from the PUE and never stated apart from it: at a PUE of 1.2 no more than 1 − 1/1.2 = 17 % of a facility's energy can be cooling.
/// A device outside a facility has PUE 1.
/// </remarks>
public static class Facility
{
    /// <summary><c>E_facility = E_IT × PUE</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The PUE is below 1.</exception>
    public static Quantity<Energy> Total(Quantity<Energy> computers, double pue) => computers * Require.AtLeast(1, pue, nameof(pue));

    /// <summary><c>E_overhead = E_IT × (PUE − 1)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The PUE is below 1.</exception>
    public static Quantity<Energy> Overhead(Quantity<Energy> computers, double pue) => computers * (Require.AtLeast(1, pue, nameof(pue)) - 1);

    /// <summary>
    /// <c>(ΣE_IT,i × PUE_i + E_network) / ΣE_IT,i</c>: what the whole system draws for each unit of energy that computes, so that spreading a run over sites and
    /// paying for the network between them is comparable with one facility's PUE. Without the network it is the PUE of the sites, weighted by energy.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing computed.</exception>
    public static double EffectivePue(Quantity<Energy> computers, Quantity<Energy> overhead, Quantity<Energy> network = default) =>
        (computers + overhead + network) / new Quantity<Energy>(Require.MoreThan(0, computers.Value, nameof(computers)));
}

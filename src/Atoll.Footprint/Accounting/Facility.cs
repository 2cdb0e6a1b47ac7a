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

    /// <summary><c>ΣE_IT,i × PUE_i / ΣE_IT,i</c>: the PUE of several facilities together, weighted by energy. Networks between them are no facility's and stay out of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing computed.</exception>
    public static double EffectivePue(Quantity<Energy> computers, Quantity<Energy> overhead) =>
        (computers + overhead) / new Quantity<Energy>(Require.MoreThan(0, computers.Value, nameof(computers)));
}

namespace Atoll.Footprint.Provenance;

/// <summary>How a figure came to be known. Never mixed without saying so: a sum is as sure as its least sure part.</summary>
public enum Basis
{
    /// <summary>Read from a meter, counted, or given by the user as a fact.</summary>
    Measured,

    /// <summary>Computed by a formula from other figures, or published by its maker or operator.</summary>
    Modelled,

    /// <summary>Taken for want of better.</summary>
    Assumed,
}

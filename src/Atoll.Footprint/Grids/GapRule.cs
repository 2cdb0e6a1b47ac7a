namespace Atoll.Footprint.Grids;

/// <summary>What to do about hours that a trace has no value for.</summary>
public enum GapRule
{
    /// <summary>A straight line between the neighbours.</summary>
    Interpolate,

    /// <summary>The last value before the gap.</summary>
    Hold,

    /// <summary>No plan with gaps.</summary>
    Refuse,

    /// <summary>The rows follow each other as listed, each one step long, whatever time lies between them.</summary>
    AsListed,
}

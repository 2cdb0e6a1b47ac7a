namespace Atoll.Experiments.Results;

/// <summary>What an arm costs besides its accuracy: as it ran on this machine, and as it would run at the sites that the experiment declares. Two accounts, never added up or mixed.</summary>
public sealed record ArmFootprint
{
    /// <summary>On this machine, of training alone: evaluation is left out. Absent where nothing was metered.</summary>
    public MeasuredFootprint? Measured { get; init; }

    /// <summary>At the declared sites: exact operations and bytes times what hardware, grids and networks take for them. Absent where <c>sites</c> declares none.</summary>
    public ModelledFootprint? Modelled { get; init; }
}

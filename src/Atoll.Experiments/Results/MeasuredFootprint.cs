namespace Atoll.Experiments.Results;

/// <summary>What training an arm took on this machine; means over the seeds.</summary>
public sealed record MeasuredFootprint
{
    /// <summary>Seconds that were metered: those of <see cref="ArmResult.Seconds"/>, but for the meter's own reading.</summary>
    public required double Seconds { get; init; }

    /// <summary>By component; they do not overlap.</summary>
    public required IReadOnlyList<MeasuredEnergy> Energy { get; init; }

    /// <summary>The sum over the components.</summary>
    public required double EnergyKWh { get; init; }

    /// <summary>Operational, by the intensity of this machine's grid. Absent where <c>sites</c> does not say on which it is.</summary>
    public double? CarbonKg { get; init; }

    /// <summary>This machine's making, for the time that it was used: its embodied carbon times the time over its lifetime. Absent where <c>sites</c> says nothing of it.</summary>
    public double? EmbodiedKg { get; init; }

    /// <summary>Electricity at this machine's tariff, and the machine's rent where it has one. Absent where <c>sites</c> gives neither.</summary>
    public double? CostUsd { get; init; }

    /// <summary>What a reader must know: a meter that failed on the way and what was used instead.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the figures rest on besides the meter: this machine's grid, tariff, hardware.</summary>
    public IReadOnlyList<FigureSource> Provenance { get; init; } = [];
}

/// <summary>Energy of one component, and how it is known.</summary>
public sealed record MeasuredEnergy
{
    /// <summary><c>processor</c>, <c>memory</c>, <c>gpu</c>.</summary>
    public required string Component { get; init; }

    public required double EnergyKWh { get; init; }

    /// <summary><c>measured</c> by a counter, <c>modelled</c> from load, or <c>assumed</c>.</summary>
    public required string Basis { get; init; }

    public required string Source { get; init; }
}

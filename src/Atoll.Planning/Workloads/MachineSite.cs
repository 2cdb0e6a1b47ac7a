using Atoll.Experiments.Results;

namespace Atoll.Planning.Workloads;

/// <summary>What <c>sites: this-machine</c> says of the machine that a run is metered on. Figures that it does not give are absent, and nothing is taken in their place.</summary>
public sealed class MachineSite
{
    private const double SecondsPerHour = 3600;

    /// <summary>g/kWh of its grid.</summary>
    public double? Intensity { get; init; }

    /// <summary>Energy of the facility over that of its computers.</summary>
    public double Pue { get; init; } = 1;

    /// <summary>$ per kWh.</summary>
    public double? Tariff { get; init; }

    /// <summary>Grams of making it, for each second of its life.</summary>
    public double? EmbodiedGramsPerSecond { get; init; }

    /// <summary>$ per hour of renting it, or of writing it off.</summary>
    public double? DollarsPerHour { get; init; }

    public IReadOnlyList<FigureSource> Provenance { get; init; } = [];

    /// <summary>Energy × PUE × intensity.</summary>
    public double? CarbonKg(double kilowattHours) => kilowattHours * Pue * Intensity / 1e3;

    /// <summary>Embodied carbon × time / lifetime.</summary>
    public double? EmbodiedKg(double seconds) => seconds * EmbodiedGramsPerSecond / 1e3;

    /// <summary>Energy × PUE × tariff, and time × price of the hardware, as far as either is given.</summary>
    public double? CostUsd(double kilowattHours, double seconds) => Tariff is null && DollarsPerHour is null ? null
        : kilowattHours * Pue * (Tariff ?? 0) + seconds / SecondsPerHour * (DollarsPerHour ?? 0);
}

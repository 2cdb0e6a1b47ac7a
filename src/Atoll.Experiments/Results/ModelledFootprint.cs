namespace Atoll.Experiments.Results;

/// <summary>What an arm would take at the sites that the experiment declares; means over the seeds. A part of it is never measured.</summary>
public sealed record ModelledFootprint
{
    /// <summary>From the start to the end, the movement of raw data included.</summary>
    public required double WallClockHours { get; init; }

    /// <summary>In which a site computes, were it never to wait.</summary>
    public required double ComputeHours { get; init; }

    /// <summary>Of moving raw data before the start.</summary>
    public required double MovementHours { get; init; }

    public required ModelledEnergy EnergyKWh { get; init; }

    public required ModelledCarbon CarbonKg { get; init; }

    public required double WaterLitres { get; init; }

    public required ModelledCost CostUsd { get; init; }

    /// <summary>What the sites draw over what computes: PUE, waiting and the coordinator; the network's energy is told apart.</summary>
    public required double EffectivePue { get; init; }

    /// <summary>Raw data that leave their sites before the start.</summary>
    public required long BytesMoved { get; init; }

    /// <summary>Operations and traffic of each site of the data; empty for a centralized arm.</summary>
    public IReadOnlyList<SiteShare> Sites { get; init; } = [];

    /// <summary>What a reader must know: an assumption that matters, a trace with gaps.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Every figure that these rest on.</summary>
    public IReadOnlyList<FigureSource> Provenance { get; init; } = [];
}

/// <summary>Kilowatt-hours: of computing; of cooling, idling and the coordinator; of the network.</summary>
public sealed record ModelledEnergy(double Compute, double Overhead, double Network, double Total);

/// <summary>Kilograms of CO₂e: of the grids, of the contracts, of the network, of making the hardware. The total is that of the grids, the network and the hardware.</summary>
public sealed record ModelledCarbon(double LocationBased, double MarketBased, double Network, double Embodied, double Total);

/// <summary>US dollars: of hardware, of electricity, of the network.</summary>
public sealed record ModelledCost(double Hardware, double Electricity, double Network, double Total);

/// <summary>What one site of the data computes and sends, counted.</summary>
public sealed record SiteShare
{
    public required string Site { get; init; }

    public required long Flops { get; init; }

    public required long BytesUp { get; init; }

    public required long BytesDown { get; init; }
}

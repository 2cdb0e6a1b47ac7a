namespace Atoll.Planning.Models;

/// <summary>What an arm comes to. SI units: seconds, joules, grams, litres, US dollars, bits.</summary>
public sealed record ArmOutcome
{
    /// <summary>From the start to the end, data's movement included.</summary>
    public required double WallClockSeconds { get; init; }

    /// <summary>Time in which the accelerators compute, were they never to wait.</summary>
    public required double ComputeSeconds { get; init; }

    /// <summary>Time in which they wait for the network.</summary>
    public double ExposedCommunicationSeconds { get; init; }

    /// <summary>Time in which the network works while they compute.</summary>
    public double HiddenCommunicationSeconds { get; init; }

    /// <summary>Time in which they wait for slower or missing others, or for cleaner electricity.</summary>
    public double WaitingSeconds { get; init; }

    /// <summary>Time of moving raw data before the start.</summary>
    public double MovementSeconds { get; init; }

    /// <summary>Share of the training time (movement and deliberate deferral left out) in which they compute.</summary>
    public required double Utilization { get; init; }

    /// <summary>Operations of the training.</summary>
    public required double Flops { get; init; }

    /// <summary>Energy of computing.</summary>
    public required double ComputeJoules { get; init; }

    /// <summary>Cooling and the rest of the facility (PUE), idle power while waiting, the coordinator.</summary>
    public required double OverheadJoules { get; init; }

    public double NetworkJoules { get; init; }

    /// <summary>Of compute and overhead, by the grids' intensities.</summary>
    public required double LocationBasedGrams { get; init; }

    /// <summary>Of compute and overhead, by the contracts' intensities.</summary>
    public required double MarketBasedGrams { get; init; }

    public double NetworkGrams { get; init; }

    public double EmbodiedGrams { get; init; }

    public double WaterLitres { get; init; }

    public double HardwareDollars { get; init; }

    public double ElectricityDollars { get; init; }

    /// <summary>Share of fibre's capital, rent, transit and egress.</summary>
    public double NetworkDollars { get; init; }

    /// <summary>What must be paid before the start: fibre and owned hardware, undivided.</summary>
    public double CapitalDollars { get; init; }

    /// <summary>Expected loss over that of data-parallel training; null where no published law speaks.</summary>
    public double? LossRatio { get; init; }

    /// <summary>Bits over each link, both ways, by the link's name.</summary>
    public IReadOnlyDictionary<string, double> LinkBits { get; init; } = new Dictionary<string, double>();

    public double EnergyJoules => ComputeJoules + OverheadJoules + NetworkJoules;

    /// <summary>Location-based, network and embodied.</summary>
    public double CarbonGrams => LocationBasedGrams + NetworkGrams + EmbodiedGrams;

    public double Dollars => HardwareDollars + ElectricityDollars + NetworkDollars;

    public double DollarsPerExaflop => Dollars / (Flops / 1e18);

    /// <summary>SCI by ISO/IEC 21031:2024: ((E × I) + M) per functional unit, here 10¹⁸ operations. Energy is the sites' and the networks', intensity location-based: contracts do not lower a score.</summary>
    public double SciGramsPerExaflop => CarbonGrams / (Flops / 1e18);

    /// <summary>What the sites draw over what computes: their PUE weighted by energy, and what waiting and coordinating add. The networks' energy is no facility's, so it is told apart.</summary>
    public double EffectivePue => (ComputeJoules + OverheadJoules) / ComputeJoules;
}

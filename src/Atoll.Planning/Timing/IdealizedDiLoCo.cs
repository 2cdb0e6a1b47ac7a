namespace Atoll.Planning.Timing;

/// <summary>Communication at the speed that no all-reduce can beat, with nothing hidden: t ≥ (2·bits/W)(1 − 1/R) + ε over R chips. Seconds, bits and bits per second.</summary>
/// <remarks>Charles et al. 2025, "Scaling Laws for DiLoCo", appendix on idealized wall-clock time. <see href="https://arxiv.org/abs/2503.09799"/></remarks>
internal readonly record struct IdealizedDiLoCo
{
    /// <summary>T: steps of the training.</summary>
    public required double Steps { get; init; }

    /// <summary>R: accelerators of all sites together.</summary>
    public required double Chips { get; init; }

    /// <summary>M: sites.</summary>
    public required int Sites { get; init; }

    /// <summary>Bits of one step's gradients inside a site: 16 for each parameter in the paper.</summary>
    public required double InnerBits { get; init; }

    /// <summary>Bits of what sites exchange.</summary>
    public required double OuterBits { get; init; }

    /// <summary>W₀: of the network inside a site.</summary>
    public required double InnerBandwidth { get; init; }

    /// <summary>ε₀.</summary>
    public required double InnerLatency { get; init; }

    /// <summary>W₁: of the network between sites.</summary>
    public required double OuterBandwidth { get; init; }

    /// <summary>ε₁.</summary>
    public required double OuterLatency { get; init; }

    /// <summary>[(2N/W₁)(1 − 1/R) + ε₁]·T.</summary>
    public double DataParallel => Outer * Steps;

    /// <summary>
    /// [(2N/W₀)(1 − M/R) + ε₀]·T: what goes on inside the sites at every step.
    /// </summary>
    public double Inside => (2 * InnerBits / InnerBandwidth * (1 - Sites / Chips) + InnerLatency) * Steps;

    /// <summary>[(2N/W₁)(1 − 1/R) + ε₁]·T/H: what goes on between M ≥ 2 sites; a single site exchanges with itself, over W₀.</summary>
    public double Between(double innerSteps) =>
        (Sites == 1 ? 2 * OuterBits / InnerBandwidth * (1 - 1 / Chips) + InnerLatency : Outer) * Steps / innerSteps;

    private double Outer => 2 * OuterBits / OuterBandwidth * (1 - 1 / Chips) + OuterLatency;

    /// <summary>All communication of DiLoCo, and of streaming DiLoCo without overlap.</summary>
    public double DiLoCo(double innerSteps) => Inside + Between(innerSteps);

    /// <summary>Communication of streaming DiLoCo that is waited for, where it overlaps with computing: what goes on between sites only counts where it lasts longer than that.</summary>
    public double Streaming(double innerSteps, double computeSeconds) => Inside + Math.Max(0, Between(innerSteps) - computeSeconds);
}

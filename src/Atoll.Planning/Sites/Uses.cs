namespace Atoll.Planning.Sites;

/// <summary>What an arm takes of a site.</summary>
internal readonly record struct SiteUse(SiteInputs Site)
{
    /// <summary>Seconds in which each device in use computes.</summary>
    public required double ComputeSeconds { get; init; }

    /// <summary>Seconds in which it is on and waits.</summary>
    public required double IdleSeconds { get; init; }

    /// <summary>Seconds for which it is held: rent, embodied carbon and depreciation are by these.</summary>
    public required double HeldSeconds { get; init; }

    /// <summary>Share of the site's devices that is in use, at the mean over the time held.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Joules of other machines at the site, such as a coordinator's server: overhead, with the site's PUE, grid and tariff.</summary>
    public double OtherJoules { get; init; }

    /// <summary>Mean g/kWh while it runs, where the arm chooses its hours; NaN: the grid's own.</summary>
    public double Intensity { get; init; } = double.NaN;
}

/// <summary>What an arm takes of a link.</summary>
/// <param name="BitsUp">Away from the link's first site, all lines together.</param>
/// <param name="HeldSeconds">Seconds for which the link is held: capital, rent and transit are by these.</param>
internal readonly record struct LinkUse(LinkInputs Link, double BitsUp, double BitsDown, double HeldSeconds);

/// <summary>The times of an arm, as in <see cref="Models.ArmOutcome"/>.</summary>
internal readonly record struct ArmTimes
{
    public required double WallClockSeconds { get; init; }

    public required double ComputeSeconds { get; init; }

    public double ExposedCommunicationSeconds { get; init; }

    public double HiddenCommunicationSeconds { get; init; }

    public double WaitingSeconds { get; init; }

    public double MovementSeconds { get; init; }

    public required double Utilization { get; init; }
}

using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>
/// The equipment between a device and a data centre, each with its energy for the data that passes:
/// <c>P = (E_access + E_switch + E_BNG + n_e E_edge + n_c E_core + E_DC switch) × bit rate</c>.
/// </summary>
/// <remarks>Yousefpour et al. (2023), "Green Federated Learning", arXiv 2303.14604, after Jalali et al. In J/bit there.</remarks>
public sealed record NetworkRoute
{
    /// <summary>Of the access network: radio, DSL, fibre to the home.</summary>
    public required Quantity<DataEnergy> Access { get; init; }

    /// <summary>Of Ethernet switches at the operator's edge.</summary>
    public Quantity<DataEnergy> Switch { get; init; }

    /// <summary>Of the broadband network gateway.</summary>
    public Quantity<DataEnergy> Gateway { get; init; }

    /// <summary>Of one edge router.</summary>
    public Quantity<DataEnergy> EdgeRouter { get; init; }

    /// <summary>n_e.</summary>
    public double EdgeRouters { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Of one core router.</summary>
    public Quantity<DataEnergy> CoreRouter { get; init; }

    /// <summary>n_c.</summary>
    public double CoreRouters { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Of the switches in the data centre.</summary>
    public Quantity<DataEnergy> DataCentreSwitch { get; init; }

    /// <summary>All the equipment once over.</summary>
    public Quantity<DataEnergy> PerData => Access + Switch + Gateway + EdgeRouters * EdgeRouter + CoreRouters * CoreRouter + DataCentreSwitch;

    /// <summary>While data flows.</summary>
    public Quantity<Power> PowerAt(Quantity<Bandwidth> bitRate) => bitRate * PerData;
}

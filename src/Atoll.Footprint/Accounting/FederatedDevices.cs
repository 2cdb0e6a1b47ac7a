using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Accounting;

/// <summary>Energy of federated training where the clients are people's devices.</summary>
public static class FederatedDevices
{
    /// <summary>Of a phone that trains: Wu et al. (2022).</summary>
    public static Quantity<Power> TrainingPower { get; } = 3 * Power.Watt;

    /// <summary>Of the home's router while the phone transfers: Wu et al. (2022).</summary>
    public static Quantity<Power> RouterPower { get; } = 7.5 * Power.Watt;

    /// <summary>Of the aggregating server: Yousefpour et al. (2023).</summary>
    public static Quantity<Power> ServerPower { get; } = 45 * Power.Watt;

    /// <summary>Of the data centre that the server is in: Yousefpour et al. (2023).</summary>
    public const double ServerPue = 1.09;

    /// <summary><c>E = 3 W × compute time + 7.5 W × (download time + upload time)</c>, the times summed over devices and rounds.</summary>
    /// <remarks>Wu et al. (2022), "Sustainable AI: Environmental Implications, Challenges and Opportunities", appendix B, arXiv 2111.00364. Devices have no overhead: PUE 1.</remarks>
    public static Quantity<Energy> Energy(Quantity<Time> compute, Quantity<Time> download, Quantity<Time> upload) =>
        TrainingPower * compute + RouterPower * (download + upload);

    /// <summary><c>E = 45 W × 1.09 × time</c> of the aggregating server for a whole run.</summary>
    /// <remarks>Yousefpour et al. (2023), "Green Federated Learning", arXiv 2303.14604.</remarks>
    public static Quantity<Energy> ServerEnergy(Quantity<Time> run) => Facility.Total(ServerPower * run, ServerPue);
}

using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>What a federated arm keeps where it is, and what others see.</summary>
internal static class FederatedPrivacy
{
    public static PrivacyPlan Of(Federated arm, IReadOnlyList<SiteInputs> sites, SiteInputs? coordinator) => new()
    {
        RawData = "nowhere: each client trains on its own",
        CoordinatorSees = arm.SecureAggregation
            ? "the sum of a round's updates and none alone, as long as it keeps to the protocol and clients above its threshold do not help it (Bonawitz et al. 2017)"
            : arm.Expansion is not null
            ? "encrypted updates: what it can open depends on who holds the keys"
            : "each client's update, from which parts of its data may be reconstructed",
        Facts =
        [
            .. Borders.Facts("Updates", coordinator is null ? sites : [.. sites.Append(coordinator).DistinctBy(s => s.Name)]),
            .. coordinator is null ? ["The plan does not tell where the coordinator is: whether updates cross a border to reach it is open."] : Array.Empty<string>(),
            "No differential privacy is planned: the trained model itself may reveal what it was trained on.",
        ],
    };
}

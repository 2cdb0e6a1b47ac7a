using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Ledger.Merkle;

namespace Atoll.Cli.Tests.Serving;

/// <summary>A run in its middle: one site trains, one is lost, one update was refused.</summary>
internal static class SampleStatus
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    public static Digest Root { get; } = Digest.Of("root"u8);

    public static RunStatus Training(string longestName = "Long Beach") => new()
    {
        Run = "hospitals-20260314-0926",
        Name = "hospitals",
        Seed = 1,
        Phase = RunPhase.Training,
        Reason = "Round 8 of fedprox: 2 of 4 updates are in. It waits for Switzerland until 09:39:10, and goes on without Long Beach.",
        Started = Start,
        Now = Start.AddSeconds(740),
        Arms = [Arm("fedavg", 15, 0.806, 0, 0), Arm("fedprox", 7, 0.79, 2, 4), Arm("fedadam", 0, null, 0, 0)],
        Sites =
        [
            Site("Cleveland", SiteActivity.Online, 1, null, "measured", 1840),
            Site("Switzerland", SiteActivity.Training, 41, 0.315, "modelled", 960) with { Rejected = 1 },
            Site(longestName, SiteActivity.Lost, 372, null, "modelled", 1420),
            new() { Name = "Hungary", Activity = SiteActivity.Expected, Updates = 0, Rejected = 0, EnergyJoules = 0 },
        ],
        Rejections =
        [
            new() { Time = Start.AddSeconds(728), Site = "Switzerland", Arm = "fedprox", Round = 6, Reason = "An update must belong to a round that is open, but\e[2J fedprox round 6 was closed 4 s before." },
        ],
        Rejected = 1,
        Ledger = new() { Size = 1482, Root = Root, Fingerprint = "sha256:" + Digest.Of("key"u8) },
    };

    private static ArmStatus Arm(string name, int completed, double? accuracy, int updates, int asked) => new()
    {
        Name = name,
        Completed = completed,
        Rounds = 15,
        Parameters = 14,
        BytesUp = 312L * completed * 4,
        BytesDown = 312L * completed * 4,
        Updates = updates,
        Asked = asked,
        Results = accuracy is null ? [] : [new RoundResult { Round = completed, Loss = 0.43, Metrics = new Dictionary<string, double?> { ["accuracy"] = accuracy, ["auc"] = null, ["loss"] = 0.43 }, Bytes = 8736, Seconds = 0.8 }],
    };

    private static SiteStatus Site(string name, SiteActivity activity, int secondsAgo, double? done, string basis, double joules) => new()
    {
        Name = name, Activity = activity, Seen = Start.AddSeconds(740 - secondsAgo), Done = done, TrainRows = 172, TestRows = 104, Updates = 22, Rejected = 0, EnergyJoules = joules, EnergyBasis = basis,
    };
}

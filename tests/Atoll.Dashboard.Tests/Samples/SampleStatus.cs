using System.Globalization;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Ledger.Merkle;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>Statuses as a coordinator would give them, from before the first site to after the last round.</summary>
internal static class SampleStatus
{
    public const string Script = "<script>window.harmed=1</script>", Image = "<img src=x onerror=\"window.harmed=1\">";

    private static readonly DateTimeOffset Start = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    private static readonly string[] Hospitals = ["Cleveland", "Hungary", "Switzerland", "Long Beach"];

    /// <summary>Nobody has come yet.</summary>
    public static RunStatus Expected() => Of("hospitals", RunPhase.Enrolling, "Waiting for 4 of 4 sites to join: Cleveland, Hungary, Switzerland and Long Beach.",
        Arms(["fedavg", "fedprox", "fedadam"], 0, 15, 4), [.. Hospitals.Select(Invited)], 20) with
    {
        Ledger = new LedgerStatus { Size = 1, Root = Hash("one"), Fingerprint = Key },
    };

    /// <summary>In the middle: one site is lost and one is late, and something was refused.</summary>
    public static RunStatus Training(int round = 7) => Of("hospitals", RunPhase.Training, $"Round {round + 1} of fedprox: 2 of 4 updates are in. It waits for Switzerland until 09:39:10, and goes on without Long Beach.",
        [Arm("fedavg", 15, 15, 4, 0.80, 0), Arm("fedprox", round, 15, 4, 0.79, 1) with { Updates = 2, Asked = 4 }, Arm("fedadam", 0, 15, 4, 0.78, 2)],
        [
            Site("Cleveland", SiteActivity.Online, 1, 22) with { EnergyJoules = 1840, EnergyBasis = "measured" },
            Site("Hungary", SiteActivity.Training, 3, 22) with { Done = 0.64, EnergyJoules = 2215, EnergyBasis = "modelled" },
            Site("Switzerland", SiteActivity.Late, 41, 21) with { Done = 0.31, Rejected = 1, EnergyJoules = 960, EnergyBasis = "modelled" },
            Site("Long Beach", SiteActivity.Lost, 372, 17) with { EnergyJoules = 1420, EnergyBasis = "modelled" },
        ], 740) with
    {
        Rejections =
        [
            Refusal(12, "Switzerland", "fedprox", 6, "An update must belong to a round that is open, but fedprox round 6 was closed 4 s before."),
            Refusal(3000, null, null, null, "A token must be one that is not used yet, but Hungary joined with this one at 09:27:15."),
        ],
        Rejected = 2,
    };

    public static RunStatus Finished() => Training() with
    {
        Phase = RunPhase.Finished,
        Reason = "All 3 arms came to their end. The result and the report are in the run's folder.",
        Arms = [Arm("fedavg", 15, 15, 4, 0.80, 0), Arm("fedprox", 15, 15, 4, 0.79, 1), Arm("fedadam", 4, 15, 4, 0.5, 2) with { Stopped = "the loss was not finite in round 5 at Switzerland" }],
        Sites = [.. Hospitals.Select((name, i) => Site(name, SiteActivity.Online, i, 34) with { EnergyJoules = 2_300_000, EnergyBasis = "modelled" })],
    };

    /// <summary>Nothing is left to learn: every round is as good as can be.</summary>
    public static RunStatus Perfect() => Training() with
    {
        Arms = [.. Training().Arms.Select(arm => arm with { Results = [.. arm.Results.Select(round => round with { Metrics = new Dictionary<string, double?> { ["accuracy"] = 1, ["loss"] = 0 } })] })],
    };

    public static RunStatus Crowd() => Of("ward-phones", RunPhase.Training, "Round 3 of fedavg: 11 of 20 updates are in.", [Arm("fedavg", 2, 200, 20, 0.9, 3) with { Updates = 11, Asked = 20 }],
        [.. Enumerable.Range(0, 40).Select(i => Site(string.Create(CultureInfo.InvariantCulture, $"phone-{i:000}"), (SiteActivity)(i % 13 == 4 ? 4 : i % 11 == 7 ? 3 : i % 7 == 5 ? 0 : 1 + (i % 2)), i * 7, i % 3) with
        {
            Done = i % 2 == 1 && i % 7 != 5 ? 0.07 * (i % 14) : null,
            Seen = i % 7 == 5 ? null : Start.AddSeconds(3000 - (i * 7)),
            EnergyBasis = i % 3 == 0 ? null : "modelled",
            EnergyJoules = i * 3.1,
        })], 3000);

    /// <summary>Names and reasons that mean harm, or that are as long as may be.</summary>
    public static RunStatus Hostile()
    {
        var longName = "Universitätsklinikum-der-Ludwig-Maximilians-Universität-München-Campus-Großhadern-" + new string('x', 40);
        return Training() with
        {
            Name = "run" + Script + Image,
            Reason = "Waiting for " + Script + " and " + Image,
            Arms = [Arm(Script, 3, 15, 4, 0.8, 0) with { Stopped = Image }, Arm(new string('W', 100), 2, 15, 4, 0.7, 1)],
            Sites = [Site(Script, SiteActivity.Training, 4, 1) with { EnergyBasis = Image }, Site(longName, SiteActivity.Late, 70, 2), Site("{a|{b}} ${window.harmed=1} <!-- " + new string('y', 80), SiteActivity.Lost, 700, 0)],
            Rejections = [Refusal(1, Script, Script, 3, $"The reason is {Script} and {Image}."), Refusal(2, longName, new string('W', 100), 12, new string('z', 400))],
            Rejected = 12_345,
        };
    }

    public static string Line(long index, string kind, string data) =>
        $$"""{"data":{{data}},"index":{{index}},"kind":"{{kind}}","previous":"{{Hash("p" + index)}}","time":"2026-03-14T09:39:{{index % 60:00}}.0000000Z"}""";

    public static Digest Hash(string of) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(of));

    private static string Key => "sha256:" + Hash("key");

    private static RunStatus Of(string name, RunPhase phase, string reason, IReadOnlyList<ArmStatus> arms, IReadOnlyList<SiteStatus> sites, int seconds) => new()
    {
        Run = $"{name}-20260314-0926",
        Name = name,
        Seed = 1,
        Phase = phase,
        Reason = reason,
        Started = Start,
        Now = Start.AddSeconds(seconds),
        Arms = arms,
        Sites = sites,
        Rejections = [],
        Rejected = 0,
        Ledger = new LedgerStatus { Size = 1482, Root = Hash("root"), Fingerprint = Key },
    };

    private static ArmStatus[] Arms(string[] names, int completed, int rounds, int sites) => [.. names.Select((name, i) => Arm(name, completed, rounds, sites, 0.8, i))];

    private static ArmStatus Arm(string name, int completed, int rounds, int sites, double best, int seed)
    {
        const long body = 312;
        Random random = new(seed);
        return new ArmStatus
        {
            Name = name,
            Completed = completed,
            Rounds = rounds,
            Parameters = 14,
            BytesUp = body * completed * sites,
            BytesDown = body * completed * sites,
            Model = completed > 0 ? Hash(name) : null,
            Updates = 0,
            Asked = 0,
            Results =
            [
                .. Enumerable.Range(1, completed).Select(round => new RoundResult
                {
                    Round = round,
                    Loss = 0.4 + (0.5 * Math.Exp(-0.4 * round)),
                    Metrics = new Dictionary<string, double?>
                    {
                        ["accuracy"] = best - (0.35 * Math.Exp(-0.4 * round)) + (0.02 * random.NextDouble()), ["auc"] = null, ["loss"] = 0.4 + (0.5 * Math.Exp(-0.4 * round)),
                    },
                    Bytes = body * 2 * round * sites,
                    Seconds = 0.8,
                }),
            ],
        };
    }

    private static SiteStatus Invited(string name) => new() { Name = name, Activity = SiteActivity.Expected, Updates = 0, Rejected = 0, EnergyJoules = 0 };

    private static SiteStatus Site(string name, SiteActivity activity, int secondsAgo, int updates) => new()
    {
        Name = name,
        Activity = activity,
        Seen = Start.AddSeconds(740 - secondsAgo),
        TrainRows = 172,
        TestRows = 104,
        Updates = updates,
        Rejected = 0,
        EnergyJoules = 0,
        Metrics = updates == 0 ? new Dictionary<string, IReadOnlyDictionary<string, double?>>() : new Dictionary<string, IReadOnlyDictionary<string, double?>>
        {
            ["fedavg"] = new Dictionary<string, double?> { ["accuracy"] = 0.7 + (name.Length % 7 * 0.02), ["auc"] = name == "Switzerland" ? null : 0.81 },
        },
    };

    private static RejectionStatus Refusal(int secondsAgo, string? site, string? arm, int? round, string reason) =>
        new() { Time = Start.AddSeconds(740 - secondsAgo), Site = site, Arm = arm, Round = round, Reason = reason };
}

using Atoll.Benchmarks.Machine;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Verification;

namespace Atoll.Benchmarks.Live;

/// <summary>
/// Rounds across processes on this machine: <c>atoll serve</c> and a process of <c>atoll join</c> a site, which trains one step on one row. From the ledger's <c>round-opened</c> to
/// its <c>round-aggregated</c>, on the wall.
/// </summary>
internal static class LiveRounds
{
    private const int Sites = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static IEnumerable<(string Name, Func<bool, IReadOnlyList<Result>> Measure)> All =>
    [
        ("live-round-1m", quick => Measure("live-round-1m", "1 M parameters", quick ? new(2, "100, 100", 2, 3) : new(Sites, "1000, 930", 40, 60), mostSeconds: 0.1, quick)),
        ("live-round-10m", quick => Measure("live-round-10m", "10 M parameters", quick ? new(2, "200, 200", 2, 3) : new(Sites, "3000, 3260", 12, 20), mostSeconds: 1, quick)),
    ];

    private static IReadOnlyList<Result> Measure(string name, string model, RoundWork work, double mostSeconds, bool quick)
    {
        TransferLimits before = TransferLimits.Measure(quick);
        Took took = MeasureAsync(work).GetAwaiter().GetResult();
        TransferLimits limits = before.Or(TransferLimits.Measure(quick));
        double sites = work.Sites, body = took.BodyBytes;
        // A site hashes what it gets and what it sends, the coordinator what it gets and what comes of it.
        double floor = limits.FloorSeconds(sent: 2 * sites * body, hashed: (3 * sites + 1) * body, kept: (sites + 1) * body);
        double best = took.Seconds[0], median = took.Seconds[took.Seconds.Count / 2];
        return
        [
            new Result(name, $"a round of {work.Sites} processes, {model} ({body / 1e6:F1} MB), from its opening to its model, on the wall", "ms/round", 1e3 * best, 1e3 * median, best, median,
                took.Seconds.Count, "machine", floor, floor / best, $"median ≤ {mostSeconds} s", quick ? null : median <= mostSeconds)
            {
                Note = $"processor time a round: coordinator {1e3 * took.CoordinatorSeconds:F0} ms, each site {1e3 * took.SiteSeconds:F0} ms; load {MachineFacts.Read().Load:F0}; {limits}",
            },
        ];
    }

    private static async Task<Took> MeasureAsync(RoundWork work)
    {
        using CancellationTokenSource patience = new(Patience);
        CancellationToken cancellation = patience.Token;
        using LiveFolder folder = new(work.Experiment);
        using (AtollProcess partition = AtollProcess.Start(folder.Path, "data", "partition", ".", "--arm", RoundWork.Arm, "--out", "sites"))
        {
            await partition.EndAsync(cancellation);
        }
        string[] names = [.. Directory.EnumerateFiles(folder.At("sites"), "*.csv").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
        (AtollProcess coordinator, Dictionary<string, JoinToken> tokens) = await AtollProcess.ServeAsync(folder.Path, names, cancellation);
        AtollProcess[] sites = [.. tokens.Values.Select(token => AtollProcess.Start(folder.Path, "join", $"{token}", "--data", Path.Combine("sites", $"{token.Site}.csv"), "--state", $"state-{token.Site}", "--yes"))];
        try
        {
            RoundWatch watch = new(folder.Ledger, coordinator);
            await watch.DoneAsync(work.Warm, cancellation);
            (double served, double trained) = (coordinator.ProcessorSeconds, sites.Sum(site => site.ProcessorSeconds));
            await watch.DoneAsync(work.Warm + work.Timed, cancellation);
            served = coordinator.ProcessorSeconds - served;
            trained = sites.Sum(site => site.ProcessorSeconds) - trained;
            await Task.WhenAll([coordinator.EndAsync(cancellation), .. sites.Select(site => site.EndAsync(cancellation))]);
            (List<double> seconds, long body) = await RoundsAsync(folder.Ledger, work);
            return new(seconds, body, served / work.Timed, trained / work.Timed / work.Sites);
        }
        finally
        {
            foreach (AtollProcess process in (AtollProcess[])[.. sites, coordinator])
            {
                process.Dispose();
            }
        }
    }

    /// <summary>How long the timed rounds took, ascending, by a ledger that verifies.</summary>
    private static async Task<(List<double> Seconds, long BodyBytes)> RoundsAsync(string ledger, RoundWork work)
    {
        Dictionary<long, DateTimeOffset> opened = [];
        List<double> seconds = [];
        long body = 0;
        VerificationResult result = await new LedgerVerifier().VerifyAsync(ledger, entry =>
        {
            if (entry.Kind == EntryKind.RoundOpened)
            {
                opened[entry.Read<RoundOpened>().Round] = entry.Time;
            }
            else if (entry.Kind == EntryKind.RoundAggregated && entry.Read<RoundAggregated>() is var round && round.Round > work.Warm && round.Round <= work.Warm + work.Timed)
            {
                seconds.Add((entry.Time - opened[round.Round]).TotalSeconds);
                body = round.Bytes ?? 0;
            }
        });
        Require.That(result.IsComplete, $"The ledger of the rounds must verify, but: {result.Problem}");
        Require.That(seconds.Count == work.Timed, $"The ledger must have {work.Timed} timed rounds, but has {seconds.Count}.");
        seconds.Sort();
        return (seconds, body);
    }

    /// <param name="Seconds">Of each round, ascending.</param>
    /// <param name="CoordinatorSeconds">Processor time a round.</param>
    /// <param name="SiteSeconds">The same of one site.</param>
    private sealed record Took(List<double> Seconds, long BodyBytes, double CoordinatorSeconds, double SiteSeconds);
}

using Atoll.Benchmarks.Machine;

namespace Atoll.Benchmarks.Load;

/// <summary>A thousand sites that send a million parameters each, all at once, to one coordinator.</summary>
internal static class LiveThousand
{
    public const int Sites = 1000, Hidden = 1000;
    public const double MostMegabytes = 500;

    private const int QuickSites = 20, QuickHidden = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static IEnumerable<(string Name, Func<bool, IReadOnlyList<Result>> Measure)> All => [("live-thousand", Measure)];

    private static IReadOnlyList<Result> Measure(bool quick)
    {
        using CancellationTokenSource patience = new(Patience);
        TransferLimits before = TransferLimits.Measure(quick);
        LoadOutcome load = quick ? LoadRun.RunAsync(QuickSites, QuickHidden, patience.Token).GetAwaiter().GetResult() : LoadRun.RunAsync(Sites, Hidden, patience.Token).GetAwaiter().GetResult();
        TransferLimits limits = before.Or(TransferLimits.Measure(quick));
        double floor = limits.FloorSeconds(sent: load.SentBytes, hashed: load.SentBytes, kept: load.SentBytes), seconds = load.SendSeconds;
        double rate = load.SentBytes / seconds, memory = load.AboveIdleBytes / 1e6;
        return
        [
            new Result("live-thousand", $"{load.Sites} sites send {load.UpdateBytes / 1e6:F1} MB each at once, from the first byte to the last answer, on the wall", "MB/s", rate / 1e6, rate / 1e6, seconds, seconds, Runs: 1,
                "machine", floor, floor / seconds, "each counted once", quick ? null : true)
            {
                Note = $"{rate / limits.LoopbackBytes:P0} of loopback, {rate / limits.DiskBytes:P0} of the disk; {load.Connections} connections; processor time: coordinator {load.CoordinatorSeconds:F1} s, sites {load.OwnSeconds:F1} s; "
                    + $"enrolling {load.EnrolSeconds:F1} s, preparing {load.PrepareSeconds:F1} s, fetching the model {load.FetchSeconds:F1} s ({load.SentBytes / load.FetchSeconds / 1e6:F0} MB/s), averaging to end {load.FinishSeconds:F1} s; "
                    + $"{load.Again} requests made again; load {MachineFacts.Read().Load:F0}; {limits}",
            },
            new Result("live-thousand-memory", $"the same: the coordinator's peak above what it held before any site came ({load.IdleBytes / 1e6:F0} MB)", "MB", memory, memory, seconds, seconds, Runs: 1,
                "none", FloorSeconds: null, Share: null, $"≤ {MostMegabytes:N0} MB", quick ? null : memory <= MostMegabytes),
        ];
    }
}

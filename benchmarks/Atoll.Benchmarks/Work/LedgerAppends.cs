using System.Diagnostics;
using System.Text.Json;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;

namespace Atoll.Benchmarks.Work;

/// <summary>
/// Appends to a ledger on this machine's disk, each awaited until it is durable. The floor is what the disk itself took of that time, writing and flushing.
/// On the wall's clock, since waiting for the disk is the work.
/// </summary>
internal static class LedgerAppends
{
    private const int Crowd = 256, Appends = 20, Bursts = 60, QuickBursts = 5;

    private static readonly JsonElement Note = JsonElement.Parse("""{"site":"site-00","round":12,"update":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}""");

    public static IEnumerable<(string Name, Func<bool, IReadOnlyList<Result>> Measure)> All =>
    [
        ("ledger-append", quick => [Measure("ledger-append", "one caller, each append durable before the next", callers: 1, quick)]),
        ("ledger-append-256", quick => [Measure("ledger-append-256", "256 callers at once share each flush", Crowd, quick)]),
    ];

    /// <summary>Short bursts: a disk that others use too has quiet moments.</summary>
    private static Result Measure(string name, string what, int callers, bool quick)
    {
        string folder = Directory.CreateTempSubdirectory("atoll-bench-").FullName;
        try
        {
            List<(double All, double Disk)> times = MeasureAsync(folder, callers, quick ? QuickBursts : Bursts).GetAwaiter().GetResult();
            times.Sort();
            (double best, double floor) = times[0];
            double median = times[times.Count / 2].All, entries = (double)Appends * callers;
            return new Result(name, what, "entries/s", entries / best, entries / median, best, median, times.Count, "disk", floor, floor / best, Target: null, Met: null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<(double All, double Disk)>> MeasureAsync(string folder, int callers, int bursts)
    {
        using SigningKey key = SigningKey.Create();
        await using FileLedger file = await FileLedger.OpenAsync(Path.Combine(folder, FileLedger.FileName));
        TimedStore store = new(file);
        await using LedgerWriter writer = await LedgerWriter.OpenAsync(store, key, TimeProvider.System);
        await writer.AppendAsync(new RunCreated { Run = "bench", Key = key.PublicKey });

        List<(double All, double Disk)> times = [];
        for (int burst = 0; burst < bursts; burst++)
        {
            TimeSpan disk = store.Spent;
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => AppendAsync(writer))));
            times.Add((Stopwatch.GetElapsedTime(start).TotalSeconds, (store.Spent - disk).TotalSeconds));
        }
        return times;
    }

    private static async Task AppendAsync(LedgerWriter writer)
    {
        EntryDraft draft = new("benchmark-note", Note);
        for (int i = 0; i < Appends; i++)
        {
            await writer.AppendAsync(draft);
        }
    }
}

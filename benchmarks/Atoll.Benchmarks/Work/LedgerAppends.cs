using System.Diagnostics;
using System.Text.Json;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;
using Atoll.Ledger.Storage;

namespace Atoll.Benchmarks.Work;

/// <summary>
/// Appends to a ledger on this machine's disk, each awaited until it is durable, beside what the disk itself allows: the same bytes written and flushed as often.
/// On the wall's clock, since waiting for the disk is the work.
/// </summary>
internal static class LedgerAppends
{
    private const int Crowd = 256, Flushes = 100, QuickFlushes = 10, Tries = 9;

    public static IEnumerable<(string Name, Func<bool, Result> Measure)> All =>
    [
        ("ledger-append", quick => Measure("ledger-append", "one caller, each append durable before the next", callers: 1, quick)),
        ("ledger-append-256", quick => Measure("ledger-append-256", "256 callers at once share each flush", Crowd, quick)),
    ];

    private static Result Measure(string name, string what, int callers, bool quick)
    {
        int rounds = quick ? QuickFlushes : Flushes;
        string folder = Directory.CreateTempSubdirectory("atoll-bench-").FullName;
        try
        {
            List<double> times = [];
            double floor = double.PositiveInfinity;
            for (int i = 0; i < Tries; i++)
            {
                (double seconds, long bytes, long flushes) = AppendAsync(Path.Combine(folder, $"{i}.jsonl"), callers, rounds).GetAwaiter().GetResult();
                times.Add(seconds);
                floor = Math.Min(floor, Raw(Path.Combine(folder, $"{i}.raw"), (int)(bytes / flushes), flushes));
            }
            times.Sort();
            double entries = (double)rounds * callers;
            return new Result(name, what, "entries/s", entries / times[0], entries / times[Tries / 2], times[0], times[Tries / 2], Tries, "disk", floor, floor / times[0], Target: null, Met: null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Seconds, long Bytes, long Flushes)> AppendAsync(string path, int callers, int rounds)
    {
        using SigningKey key = SigningKey.Create();
        await using FileLedger file = await FileLedger.OpenAsync(path);
        CountedStore store = new(file);
        await using LedgerWriter writer = await LedgerWriter.OpenAsync(store, key, TimeProvider.System);
        await writer.AppendAsync(new RunCreated { Run = "bench", Key = key.PublicKey });
        EntryDraft draft = new("benchmark-note", JsonElement.Parse("""{"site":"site-00","round":12,"update":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"""));
        long before = store.Appends, length = new FileInfo(path).Length, start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < rounds; i++)
            {
                await writer.AppendAsync(draft);
            }
        })));
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, new FileInfo(path).Length - length, store.Appends - before);
    }

    /// <returns>Seconds.</returns>
    private static double Raw(string path, int blockBytes, long flushes)
    {
        byte[] block = new byte[blockBytes];
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        long start = Stopwatch.GetTimestamp();
        for (long i = 0; i < flushes; i++)
        {
            RandomAccess.Write(file, block, i * blockBytes);
            RandomAccess.FlushToDisk(file);
        }
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

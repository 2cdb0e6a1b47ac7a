using Atoll.Benchmarks.Live;
using Atoll.Benchmarks.Load;
using Atoll.Benchmarks.Machine;
using Atoll.Benchmarks.Report;
using Atoll.Benchmarks.Work;

namespace Atoll.Benchmarks;

/// <summary>Runs benchmarks between two measurements of the machine's limits.</summary>
/// <param name="only">What the names must begin with; all when empty.</param>
/// <param name="say">Told what is going on.</param>
internal sealed class Suite(IReadOnlyList<string> only, bool quick, Action<string> say)
{
    private double Seconds => quick ? 0.3 : 2;

    public BenchmarkReport Run(MachineFacts machine)
    {
        Benchmark[] chosen = [.. Products.All.Concat(Convolutions.All).Concat(Rounds.All).Concat(Averaging.All).Concat(Plans.All).Concat(Shifting.All).Concat(LedgerVerification.All).Where(benchmark => IsChosen(benchmark.Name))];
        (string Name, Func<bool, IReadOnlyList<Result>> Measure)[] onTheWall = [.. LedgerAppends.All.Concat(LiveRounds.All).Concat(LiveThousand.All).Where(one => IsChosen(one.Name))];
        bool memory = IsChosen(VirtualSites.Name);
        Require.That(chosen.Length + onTheWall.Length > 0 || memory, $"--only must name a benchmark, but nothing begins with {string.Join(" or ", only)}.");

        say("Measuring the machine …");
        MachineLimits before = MachineLimits.Measure(Seconds);
        List<(Benchmark Benchmark, Piece Piece, Timing Timing)> timed = [];
        foreach (Benchmark benchmark in chosen)
        {
            long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
            if (!quick && benchmark.Bytes > available)
            {
                say($"{benchmark.Name} is left out: it needs {benchmark.Bytes / 1e9:F1} GB of memory, but there are {available / 1e9:F1}.");
                continue;
            }
            say($"{benchmark.Name} …");
            Piece piece = benchmark.Prepare(quick);
            timed.Add((benchmark, piece with { Run = Done }, Stopwatches.Time(piece.Run, Seconds, benchmark.IsOnAllCores))); // lets go of the work's memory
        }
        List<Result> others = [];
        foreach ((string name, Func<bool, IReadOnlyList<Result>> measure) in onTheWall)
        {
            say($"{name} …");
            others.AddRange(measure(quick));
        }
        Result? sites = memory ? VirtualSites.Measure() : null;
        MachineLimits after = MachineLimits.Measure(Seconds), limits = before.Or(after);
        return new(machine, ThreadClock.Name, before, after, Peers: null, [.. timed.Select(t => Result.Of(t.Benchmark, t.Piece, t.Timing, limits, judge: !quick)), .. others, .. sites is null ? [] : (Result[])[sites]]);
    }

    private bool IsChosen(string name) => only.Count == 0 || only.Any(start => name.StartsWith(start, StringComparison.Ordinal));

    private static void Done() { }
}

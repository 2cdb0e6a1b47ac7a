using Atoll.Experiments;
using Atoll.Federation.Buffering;
using Atoll.Learning.Data;
using Atoll.Learning.Randomness;

namespace Atoll.Planning.Workloads;

/// <summary>
/// The rounds of a buffered arm without the training: which sites' updates come in until the buffer is full, in virtual time. Whether an update counts follows from
/// its staleness, so nothing of this depends on what was learned, unless a site diverges.
/// </summary>
internal static class BufferedWork
{
    public static IEnumerable<RoundWork> Of(FederatedArm arm, FedBuff buffered, IReadOnlyList<SiteRows> sites, VirtualPace pace, ulong seed)
    {
        buffered.RequireSites(sites.Count);
        SortedSet<(TimeSpan Due, int Site)> flights = [];
        var task = new (int Turn, int Round, long Samples, long Steps)[sites.Count];
        List<(int Site, long Samples, long Steps)> came = [];
        TimeSpan clock = TimeSpan.Zero;
        for (int tasks = 0, round = 1, counted = 0; round <= arm.Rounds;)
        {
            if (flights.Count > 0 && flights.Min.Due == clock)
            {
                int site = flights.Min.Site;
                flights.Remove(flights.Min);
                came.Add((site, task[site].Samples, task[site].Steps));
                counted += round - task[site].Round <= (buffered.MaximumStaleness ?? int.MaxValue) ? 1 : 0;
                if (counted == buffered.Size)
                {
                    yield return new([.. came.Select(c => c.Site)], [.. came.Select(c => c.Samples)], [.. came.Select(c => c.Steps)]) { Clock = clock };
                    came.Clear();
                    (counted, round) = (0, round + 1);
                }
                continue;
            }
            while (flights.Count < buffered.Concurrency)
            {
                HashSet<int> busy = [.. flights.Select(f => f.Site)];
                int site = FedBuff.Next([.. Enumerable.Range(0, sites.Count).Where(s => !busy.Contains(s))], new Philox(seed, Purpose.Selection, round: ++tasks));
                int turn = task[site].Turn + 1;
                (long samples, long steps) = RoundWork.OfTask(arm.Training, sites[site].Train.Length, site, turn, seed);
                task[site] = (turn, round, samples, steps);
                flights.Add((clock + pace.Of(site, turn, samples), site));
            }
            clock = flights.Min.Due;
        }
    }
}

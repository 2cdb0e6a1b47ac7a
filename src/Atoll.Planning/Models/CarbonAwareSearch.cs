using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>Finds when and where a job causes least carbon, at one start or at the mean of all.</summary>
/// <param name="start">The step of the grids; null: all.</param>
/// <param name="stated">The job at the values as given.</param>
internal sealed class CarbonAwareSearch(ShiftStrategy strategy, CarbonAwareGrids grids, int? start, CarbonAwareJob stated)
{
    private const int TimelineStarts = 200, CalibratingStarts = 400, CalibratingSteps = 100_000;

    /// <summary>What migrating comes to of staying over many starts, against the same over the few that a draw takes: of the job as given.</summary>
    private double _calibration = 1;

    private readonly CarbonAwareSeries _series = new(grids, strategy), _now = new(grids, ShiftStrategy.Defer);

    public CarbonAwareGrids Grids => grids;

    /// <summary>Mean relative intensity of starting at once at the first site.</summary>
    public double NowRelative(CarbonAwareJob job)
    {
        if (start is { } only)
        {
            return AtOnce(job, only) / job.Steps[0];
        }
        if (!(job.Steps[0] > 0 && job.Steps[0] < grids.Length))
        {
            return 1;
        }
        CarbonAwareSeries.Entry entry = _now.Of(0, job.Steps[0], 0, stated);
        return entry.Sums.Average() / entry.Steps;
    }

    /// <summary>The job at whichever site is best, whole.</summary>
    public CarbonAwareUse Placed(CarbonAwareJob job)
    {
        if (start is { } only)
        {
            return CarbonAwareWindow.AtOneSite(grids, strategy, job, only) is { } window ? CarbonAwareWindow.Mean([window], [only], grids, job) : Late(job);
        }
        CarbonAwareSeries.Entry?[] entries = [.. Enumerable.Range(0, job.Sites).Select(site =>
            job.Fits(site, grids.Length - 1) ? _series.Of(site, job.Steps[site], job.Slack[site], stated) : null)];
        int starts = entries.Min(e => e?.Sums.Length ?? int.MaxValue);
        if (starts == int.MaxValue)
        {
            return Late(job);
        }
        double[] done = new double[job.Sites], relative = new double[job.Sites];
        for (int i = 0; i < starts; i++)
        {
            int best = -1;
            double least = double.PositiveInfinity;
            for (int site = 0; site < job.Sites; site++)
            {
                if (entries[site] is { } entry && job.FixedGrams[site] + job.GramsPerStep[site] * job.Steps[site] / entry.Steps * entry.Sums[i] is var grams && grams < least)
                {
                    (best, least) = (site, grams);
                }
            }
            done[best] += 1.0 / starts;
            relative[best] += entries[best]!.Sums[i] / entries[best]!.Steps;
        }
        double end = 0;
        for (int site = 0; site < job.Sites; site++)
        {
            if (entries[site] is { } entry && done[site] > 0)
            {
                relative[site] /= done[site] * starts;
                end += done[site] * (entry.EndSteps + job.Steps[site] - entry.Steps);
            }
        }
        return new(done, [.. done], relative, end);
    }

    /// <summary>Holds the few starts of each draw against many, once. Not while others use this.</summary>
    public void Calibrate(CarbonAwareJob job, CarbonAwareMigration migration, int mostSteps, int mostStarts)
    {
        if (start is not null)
        {
            return;
        }
        Trial few = Tried(job, migration, mostSteps, mostStarts), many = Tried(job, migration, CalibratingSteps, CalibratingStarts);
        _calibration = few.Starts.Count > 0 && few.Ratio > 0 ? many.Ratio / few.Ratio : 1;
    }

    /// <summary>The job moving between sites, at some starts spread evenly.</summary>
    public CarbonAwareUse Migrated(CarbonAwareJob job, CarbonAwareMigration migration, int mostSteps, int mostStarts)
    {
        Trial trial = Tried(job, migration, mostSteps, mostStarts);
        if (trial.Starts.Count == 0)
        {
            return Late(job);
        }
        CarbonAwareUse use = CarbonAwareWindow.Mean(trial.Windows, trial.Starts, grids, job);
        return start is null ? Scaled(use, trial, job) : use;
    }

    private Trial Tried(CarbonAwareJob job, CarbonAwareMigration migration, int mostSteps, int mostStarts)
    {
        int all = grids.Length - (int)Math.Ceiling(job.Steps.Where((_, site) => job.Fits(site, grids.Length - 1)).DefaultIfEmpty(grids.Length).Max());
        if (start is null && all < 1)
        {
            return new([], [], []);
        }
        double window = job.Steps.Zip(job.Slack, (steps, slack) => steps + slack).Max();
        int count = start is not null ? 1 : (int)Math.Clamp(mostSteps / Math.Max(1, window), 1, Math.Min(mostStarts, all));
        int[] starts = start is { } only ? [only] : [.. Enumerable.Range(0, count).Select(i => (int)((i + 0.5) * all / count))];
        List<int> found = [];
        List<CarbonAwareWindow> windows = [], staying = [];
        foreach (int at in starts)
        {
            if (Staying(job, at) is { } one)
            {
                found.Add(at);
                staying.Add(one);
                windows.Add(Better(migration.At(at, one.Grams), one));
            }
        }
        return new(found, windows, staying);
    }

    /// <summary>
    /// From some starts to all: what staying at the best site costs is known of all, and what migrating saves of that is taken from some (a ratio estimate), so that a
    /// few starts by night do not pass for a year.
    /// </summary>
    private CarbonAwareUse Scaled(CarbonAwareUse use, Trial trial, CarbonAwareJob job)
    {
        CarbonAwareUse placed = Placed(job);
        double run = Run(use, job), all = Run(placed, job) + placed.Done.Zip(job.FixedGrams, (done, grams) => done * grams).Sum();
        double ratio = Math.Min(1, _calibration * trial.Ratio); // a job that may migrate may stay
        double factor = run > 0 && trial.Ratio > 0 ? Math.Max(0, (all * ratio - (trial.Migrating - run)) / run) : 1;
        return use with { Relative = [.. use.Relative.Select(relative => factor * relative)] };
    }

    private static double Run(CarbonAwareUse use, CarbonAwareJob job)
    {
        double grams = 0;
        for (int site = 0; site < job.Sites; site++)
        {
            grams += use.Done[site] * use.Relative[site] * job.GramsPerStep[site] * job.Steps[site];
        }
        return grams;
    }

    public Timeline Timeline(CarbonAwareJob job, CarbonAwareMigration? migration, ReadOnlySpan<double> x, IReadOnlyList<SiteInputs> sites)
    {
        (int at, CarbonAwareWindow? window) = Representative(job, migration);
        int steps = Math.Min(grids.Length - at, Math.Max(window?.Site.Length ?? 1, (int)Math.Ceiling(job.Steps[0])));
        Dictionary<string, IReadOnlyList<double>> intensity = [];
        for (int site = 0; site < sites.Count; site++)
        {
            double mean = sites[site].Intensity(x);
            intensity[sites[site].Name] = [.. grids.Of(site).Skip(at).Take(steps).Select(relative => mean * relative)];
        }
        double now = job.FixedGrams[0] + job.GramsPerStep[0] * AtOnce(job, at);
        return new()
        {
            Start = grids.Start + at * grids.Step,
            StepSeconds = grids.Step.TotalSeconds,
            Intensity = intensity,
            Runs = [.. Enumerable.Range(0, steps).Select(t => window is not null && t < window.Site.Length && window.Site[t] >= 0 && window.Share[t] > 0 ? sites[window.Site[t]].Name : null)],
            SavedKg = window is null ? 0 : (now - window.Grams) / 1000,
        };
    }

    private (int At, CarbonAwareWindow? Window) Representative(CarbonAwareJob job, CarbonAwareMigration? migration)
    {
        if (start is { } only)
        {
            return (only, Best(job, migration, only));
        }
        int all = Math.Max(1, grids.Length - (int)Math.Ceiling(job.Steps.Max()));
        int count = Math.Min(migration is null ? TimelineStarts : TimelineStarts / 10, all);
        (int At, CarbonAwareWindow? Window, double Saved)[] tried = [.. Enumerable.Range(0, count).Select(i =>
        {
            int at = (int)((i + 0.5) * all / count);
            CarbonAwareWindow? window = Best(job, migration, at);
            return (at, window, job.FixedGrams[0] + job.GramsPerStep[0] * AtOnce(job, at) - (window?.Grams ?? 0));
        })];
        double mean = tried.Average(t => t.Saved);
        (int chosen, CarbonAwareWindow? best, _) = tried.MinBy(t => Math.Abs(t.Saved - mean));
        return (chosen, best);
    }

    private CarbonAwareWindow? Best(CarbonAwareJob job, CarbonAwareMigration? migration, int at) => Staying(job, at) is { } one ? Better(migration?.At(at, one.Grams), one) : migration?.At(at, 0);

    /// <summary>At the best site; a job that may migrate may also stay there, and pause.</summary>
    private CarbonAwareWindow? Staying(CarbonAwareJob job, int at) =>
        CarbonAwareWindow.AtOneSite(grids, strategy == ShiftStrategy.Migrate ? ShiftStrategy.Interrupt : strategy, job, at);

    private static CarbonAwareWindow Better(CarbonAwareWindow? migrating, CarbonAwareWindow staying) => migrating is not null && migrating.Grams < staying.Grams ? migrating : staying;

    /// <summary>Sum of relative intensities at the first site, begun at once; what reaches beyond the trace counts at its mean.</summary>
    private double AtOnce(CarbonAwareJob job, int at)
    {
        double sum = 0, end = at + job.Steps[0];
        for (int step = at; step < end; step++)
        {
            sum += Math.Min(1, end - step) * (step < grids.Length ? grids.Of(0)[step] : 1);
        }
        return sum;
    }

    /// <summary>Where a draw makes the job too long for deadline or trace: at once where it is soonest done, at the mean intensity.</summary>
    private static CarbonAwareUse Late(CarbonAwareJob job)
    {
        int soonest = Array.IndexOf(job.Steps, job.Steps.Min());
        double[] done = new double[job.Sites], relative = new double[job.Sites];
        (done[soonest], relative[soonest]) = (1, 1);
        return new(done, [.. done], relative, job.Steps[soonest]);
    }

    /// <summary>Some starts: the best of each, and the best that stays at one site.</summary>
    private sealed record Trial(IReadOnlyList<int> Starts, IReadOnlyList<CarbonAwareWindow> Windows, IReadOnlyList<CarbonAwareWindow> Staying)
    {
        /// <summary>Grams, at the mean.</summary>
        public double Migrating { get; } = Windows.Count == 0 ? 0 : Windows.Average(w => w.Grams);

        /// <summary>Of what staying causes; 0 where that is nothing.</summary>
        public double Ratio => Staying.Sum(w => w.Grams) is > 0 and var stays ? Windows.Sum(w => w.Grams) / stays : 0;
    }
}

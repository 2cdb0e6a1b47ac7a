using Atoll.Experiments;
using Atoll.Experiments.Metrics;
using Atoll.Experiments.Results;
using Atoll.Simulation.Arms;

namespace Atoll.Simulation;

/// <summary>From what each arm and seed came to, the run's result: means and standard deviations over the seeds, distances to the baseline.</summary>
internal static class ResultAssembly
{
    public static RunResult Of(RunPlan plan, Experiment experiment, IReadOnlyDictionary<string, List<ArmProgress>> outcomes, IReadOnlyDictionary<string, ArmFootprint?> footprints, IReadOnlyDictionary<string, Metric> firstMetrics, string version)
    {
        Dictionary<string, FinalResult?> finals = outcomes.ToDictionary(arm => arm.Key, arm => Final(arm.Value, firstMetrics[arm.Key]));
        FinalResult? baseline = finals[experiment.Baseline];
        return new RunResult
        {
            Name = plan.Name,
            Seed = plan.Seed,
            Repeats = plan.Repeat,
            Atoll = version,
            Machine = MachineFacts.Here(plan.Threads),
            Data = plan.Data,
            Baseline = experiment.Baseline,
            Arms = [.. plan.Arms.Select(arm => Arm(arm, outcomes[arm.Name], finals[arm.Name], arm.IsBaseline ? null : baseline, outcomes[experiment.Baseline]) with { Footprint = footprints[arm.Name] })],
        };
    }

    private static ArmResult Arm(ArmPlan plan, List<ArmProgress> seeds, FinalResult? final, FinalResult? baseline, List<ArmProgress> baselineSeeds)
    {
        long samples = seeds.Sum(seed => seed.Samples);
        double seconds = seeds.Sum(seed => seed.Seconds);
        return new ArmResult
        {
            Name = plan.Name,
            Kind = plan.Kind,
            Data = plan.Data,
            Rounds = seeds[0].Rounds,
            Final = final,
            GapToBaseline = final is null || baseline is null ? null : Gap(final.Pooled, baseline.Pooled),
            GapToBaselineSd = final is null || baseline is null || seeds.Count < 2 ? null : Deviations(
                [.. seeds.Zip(baselineSeeds, (seed, other) => Gap(seed.Final!.Pooled, other.Final!.Pooled))]),
            Stopped = seeds.Select((seed, i) => seed.Stopped is null ? null : seeds.Count == 1 ? seed.Stopped : $"Seed {i + 1} of {seeds.Count}: {seed.Stopped}").FirstOrDefault(why => why is not null),
            Parameters = plan.Parameters,
            ModelSha256 = seeds[0].ModelSha256,
            BytesUp = Mean(seeds, seed => seed.BytesUp),
            BytesDown = Mean(seeds, seed => seed.BytesDown),
            Flops = Mean(seeds, seed => (Int128)seed.Samples * plan.FlopsPerSample),
            Seconds = seconds / seeds.Count,
            SamplesPerSecond = seconds > 0 ? samples / seconds : 0,
            Settings = plan.Settings,
        };
    }

    private static Dictionary<string, double?> Gap(IReadOnlyDictionary<string, double?> arm, IReadOnlyDictionary<string, double?> baseline) =>
        arm.Where(metric => baseline.ContainsKey(metric.Key)).ToDictionary(metric => metric.Key, metric => metric.Value - baseline[metric.Key]);

    /// <summary>Null when any seed stopped: a mean over those that went well would flatter.</summary>
    private static FinalResult? Final(List<ArmProgress> seeds, Metric first)
    {
        if (seeds.Any(seed => seed.Final is null))
        {
            return null;
        }
        FinalResult[] finals = [.. seeds.Select(seed => seed.Final!)];
        if (finals is [var only])
        {
            return only;
        }
        // A site may have test rows with one seed's partition and none with another's.
        string[] sites = [.. finals.SelectMany(final => final.PerSite.Select(site => site.Site)).Distinct()];
        SiteMetrics[] perSite = [.. sites.Select(site => Site(site, [.. finals.SelectMany(final => final.PerSite.Where(s => s.Site == site).Select(s => s.Metrics))]))];
        return new FinalResult
        {
            PerSite = perSite,
            MeanOfSites = Means([.. finals.Select(final => final.MeanOfSites)]),
            MeanOfSitesSd = Deviations([.. finals.Select(final => final.MeanOfSites)]),
            WorstSite = MetricValue.WorstOf(perSite, first),
            Pooled = Means([.. finals.Select(final => final.Pooled)]),
            PooledSd = Deviations([.. finals.Select(final => final.Pooled)]),
        };
    }

    private static SiteMetrics Site(string name, IReadOnlyList<IReadOnlyDictionary<string, double?>> seeds) =>
        new() { Site = name, Metrics = Means(seeds), Sd = Deviations(seeds) };

    private static Dictionary<string, double?> Means(IReadOnlyList<IReadOnlyDictionary<string, double?>> seeds) =>
        seeds[0].Keys.ToDictionary(metric => metric, metric => Values(seeds, metric) is { Length: > 0 } values ? values.Average() : (double?)null);

    /// <summary>The sample's standard deviation, n − 1 below; null for fewer than two values.</summary>
    private static Dictionary<string, double?> Deviations(IReadOnlyList<IReadOnlyDictionary<string, double?>> seeds) => seeds[0].Keys.ToDictionary(metric => metric, metric =>
    {
        double[] values = Values(seeds, metric);
        if (values.Length < 2)
        {
            return (double?)null;
        }
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    });

    private static double[] Values(IReadOnlyList<IReadOnlyDictionary<string, double?>> seeds, string metric) =>
        [.. seeds.Select(seed => seed.GetValueOrDefault(metric)).OfType<double>()];

    /// <summary>To the nearest whole number, halves up; exact, however large the counts are.</summary>
    /// <exception cref="OverflowException">The mean is more than fits.</exception>
    internal static long Mean(IReadOnlyList<ArmProgress> seeds, Func<ArmProgress, Int128> count)
    {
        Int128 sum = seeds.Aggregate((Int128)0, (sum, seed) => checked(sum + count(seed)));
        return checked((long)((2 * sum + seeds.Count) / (2 * seeds.Count)));
    }
}

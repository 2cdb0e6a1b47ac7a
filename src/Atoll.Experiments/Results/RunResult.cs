namespace Atoll.Experiments.Results;

/// <summary>What a run found: <c>result.json</c>, and what the report is made from.</summary>
public sealed record RunResult
{
    public required string Name { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>How many seeds were run; figures are means over them, with <c>sd</c> beside each when more than one.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The program's version.</summary>
    public required string Atoll { get; init; }

    /// <summary>When the run came to its end.</summary>
    public DateTimeOffset? Finished { get; init; }

    public required MachineFacts Machine { get; init; }

    public required DataFacts Data { get; init; }

    /// <summary>The name of the arm that all others are held against. A live run trains federated arms alone: where the baseline is none of them, no arm here has this name.</summary>
    public required string Baseline { get; init; }

    public required IReadOnlyList<ArmResult> Arms { get; init; }

    /// <summary>What the run was to come to, as worked out before it began. Absent in results of programs that did not.</summary>
    public RunForecast? Forecast { get; init; }

    /// <summary>Present where the run was across machines; absent where all sites were simulated.</summary>
    public LiveFacts? Live { get; init; }
}

public sealed record DataFacts
{
    /// <summary><c>classification</c> or <c>regression</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The label's values in index order; empty for regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Labels that only test rows have: no model can learn them. Absent where there are none.</summary>
    public IReadOnlyList<string>? UntrainedClasses { get; init; }

    /// <summary>Numbers in one sample after encoding.</summary>
    public required int Features { get; init; }

    /// <summary>In words: what the data is, its licence and citation; the files' names where they are one's own.</summary>
    public string? Source { get; init; }

    /// <summary>Rows left out because a value was missing.</summary>
    public int DroppedRows { get; init; }

    public required IReadOnlyList<SiteFacts> Sites { get; init; }
}

public sealed record SiteFacts
{
    public required string Name { get; init; }

    public required int TrainRows { get; init; }

    public required int TestRows { get; init; }

    /// <summary>Training and test rows of each label; empty for regression.</summary>
    public required IReadOnlyDictionary<string, int> Labels { get; init; }
}

public sealed record ArmResult
{
    public required string Name { get; init; }

    /// <summary><c>centralized</c>, <c>local</c> or <c>federated</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Present where this arm's data or sites differ from the top level's.</summary>
    public DataFacts? Data { get; init; }

    /// <summary>
    /// Rounds of a federated arm; epochs of the others. Of the first seed when there are several, as is <see cref="ModelSha256"/>: all other figures are means.
    /// </summary>
    public required IReadOnlyList<RoundResult> Rounds { get; init; }

    /// <summary>Absent when the arm stopped (<see cref="Stopped"/>).</summary>
    public FinalResult? Final { get; init; }

    /// <summary>Final pooled metric minus the baseline's, by metric. Absent for the baseline itself.</summary>
    public IReadOnlyDictionary<string, double?>? GapToBaseline { get; init; }

    /// <summary>Standard deviations over the seeds of <see cref="GapToBaseline"/>, each seed's arm held against the same seed's baseline; absent for one seed.</summary>
    public IReadOnlyDictionary<string, double?>? GapToBaselineSd { get; init; }

    /// <summary>Why the arm stopped before its end (diverged: which round, which site); absent when it did not.</summary>
    public string? Stopped { get; init; }

    /// <summary>Parameters of one model.</summary>
    public required long Parameters { get; init; }

    /// <summary>SHA-256 of <c>models/ARM.safetensors</c>: the first seed's model when there are several. Absent when it stopped.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>Bytes all sites would send to the coordinator, over the whole arm.</summary>
    public required long BytesUp { get; init; }

    /// <summary>Bytes the coordinator would send to the sites.</summary>
    public required long BytesDown { get; init; }

    /// <summary>Floating-point operations of training, counted from the layers: a multiply-add is two.</summary>
    public required long Flops { get; init; }

    /// <summary>Wall-clock seconds of training on this machine, evaluation left out.</summary>
    public required double Seconds { get; init; }

    public required double SamplesPerSecond { get; init; }

    /// <summary>Energy, carbon, water and money. Absent where nothing was metered and no sites are declared.</summary>
    public ArmFootprint? Footprint { get; init; }

    /// <summary>The arm's settings in words, for the report: name and value, in the file's own terms.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

public sealed record RoundResult
{
    public required int Round { get; init; }

    /// <summary>Mean loss over the pooled test rows; absent when this round was not evaluated.</summary>
    public double? Loss { get; init; }

    /// <summary>On the pooled test rows.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>Bytes sent up and down until the end of this round.</summary>
    public required long Bytes { get; init; }

    /// <summary>Seconds of training in this round.</summary>
    public required double Seconds { get; init; }

    /// <summary>Virtual seconds from the arm's beginning to the end of this round, at its sites' own pace; absent where the arm has no virtual clock.</summary>
    public double? VirtualSeconds { get; init; }
}

/// <summary>Metrics at the end of training. A metric that is not defined on some rows (AUC on one class) is null there.</summary>
public sealed record FinalResult
{
    public required IReadOnlyList<SiteMetrics> PerSite { get; init; }

    /// <summary>Unweighted mean over the sites that have test rows.</summary>
    public required IReadOnlyDictionary<string, double?> MeanOfSites { get; init; }

    /// <summary>The site that fares worst by the first metric, and its metrics.</summary>
    public required SiteMetrics WorstSite { get; init; }

    /// <summary>All test rows together. Null where a metric needs rows in one place and they never met: the AUC of a live run.</summary>
    public required IReadOnlyDictionary<string, double?> Pooled { get; init; }

    /// <summary>Standard deviations over the seeds of <see cref="MeanOfSites"/>; absent for one seed.</summary>
    public IReadOnlyDictionary<string, double?>? MeanOfSitesSd { get; init; }

    /// <summary>Standard deviations over the seeds of <see cref="Pooled"/>; absent for one seed.</summary>
    public IReadOnlyDictionary<string, double?>? PooledSd { get; init; }
}

public sealed record SiteMetrics
{
    public required string Site { get; init; }

    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>Standard deviations over the seeds; absent for one seed.</summary>
    public IReadOnlyDictionary<string, double?>? Sd { get; init; }
}

using System.Text.Json;
using Atoll.Coordinator.Live.Record;
using Atoll.Experiments;
using Atoll.Experiments.Metrics;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;
using Atoll.Ledger;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>A live run as a result, folded from its ledger; what is there so far while it goes on.</summary>
/// <remarks>
/// Test rows never meet, so a pooled metric is there only where it is a mean over rows (accuracy, loss, mean absolute error): then it is the sites' mean, weighted by their
/// test rows. The root of a mean square is put together from its squares. The others are null: a pooled AUC cannot be known from the sites'.
/// </remarks>
internal sealed class LiveResult(RunFold fold)
{
    private const double JoulesPerKilowattHour = 3.6e6;

    /// <param name="size">Entries of the ledger that it is folded from.</param>
    /// <exception cref="LedgerException">The ledger's first entry lacks what a result says of the coordinator.</exception>
    public RunResult Fold(long size, Digest root)
    {
        if (fold.Record.Created is not { Atoll: { } version, Machine: { } machine } created)
        {
            throw new LedgerException("A result needs a ledger whose first entry names the version of Atoll and the machine, but this one's does not.");
        }
        return new RunResult
        {
            Name = fold.Experiment.Name,
            Seed = fold.Experiment.Seed,
            Atoll = version,
            Finished = fold.Record.Ended,
            Machine = machine.Deserialize(RecordJson.Default.MachineFacts)!,
            Data = Data(fold.Record.Arms[0]),
            Baseline = fold.Experiment.Baseline,
            Arms = [.. fold.Record.Arms.Select(Arm)],
            Live = new LiveFacts
            {
                Run = created.Run,
                Started = fold.Record.Started,
                Entries = size,
                Root = root.ToString(),
                Fingerprint = created.Key.Fingerprint,
                Rejected = fold.Record.Rejected,
                Aborted = fold.Record.Aborted,
            },
        };
    }

    /// <summary>The rounds that are done, with what the sites found. While a model may still be evaluated it has no figures before all have: they would be of other rows.</summary>
    /// <param name="evaluators">How many sites there are to evaluate.</param>
    public static IReadOnlyList<RoundResult> Rounds(ArmRecord arm, int evaluators)
    {
        HashSet<int> open = arm.End is not null ? [] : [.. Evaluations.Due(arm).Select(round => round.Number).Where(round => arm.Findings.GetValueOrDefault(round)?.Count < evaluators)];
        return [.. arm.Done.Select(round =>
        {
            SiteFinding[] found = open.Contains(round.Number) ? [] : [.. arm.Findings.GetValueOrDefault(round.Number, []).OrderBy(site => site.Key).Select(site => site.Value)];
            return new RoundResult { Round = round.Number, Loss = Pooled(found, site => site.Loss), Metrics = Pooled(found), Bytes = round.Bytes, Seconds = round.Seconds };
        })];
    }

    private ArmResult Arm(ArmRecord arm)
    {
        FederatedArm settings = fold.Arms[arm.Name];
        Network? network = fold.Networks?.GetValueOrDefault(arm.Name);
        double seconds = arm.Done.Sum(round => round.Seconds);
        DataFacts data = Data(arm);
        return new ArmResult
        {
            Name = arm.Name,
            Kind = "federated",
            Data = JsonSerializer.Serialize(data) == JsonSerializer.Serialize(Data(fold.Record.Arms[0])) ? null : data,
            Rounds = Rounds(arm, fold.Evaluators(arm)),
            Final = arm.End is { Stopped: null } ? Final(arm, settings) : null,
            Stopped = arm.End?.Stopped,
            Parameters = network?.ParameterCount ?? 0,
            ModelSha256 = arm.End?.Model?.ToString(),
            BytesUp = arm.BytesUp,
            BytesDown = arm.BytesDown,
            Flops = arm.Samples * (network?.TrainingFlops ?? 0),
            Seconds = seconds,
            SamplesPerSecond = seconds > 0 ? arm.Samples / seconds : 0,
            Footprint = Footprint(arm, seconds),
            Settings = ExperimentFile.Settings(RunEnd.WithoutFolders(settings)),
        };
    }

    private FinalResult? Final(ArmRecord arm, FederatedArm settings)
    {
        if (arm.Findings.GetValueOrDefault(arm.Rounds) is not { Count: > 0 } found)
        {
            return null;
        }
        (int Site, SiteFinding Finding)[] sites = [.. found.OrderBy(site => site.Key).Select(site => (site.Key, site.Value))];
        bool isClassification = fold.Schemas?[arm.Name].Classes.Count > 0;
        string[] metrics = [.. (settings.Metrics.Count > 0 ? settings.Metrics : MetricValue.Usual(isClassification)).Select(MetricValue.NameOf)];
        SiteMetrics[] perSite = [.. sites.Select(site => new SiteMetrics
        {
            Site = fold.Record.Sites[site.Site].Name,
            Metrics = metrics.ToDictionary(name => name, name => site.Finding.Metrics.GetValueOrDefault(name)),
        })];
        Dictionary<string, double?> pooled = Pooled([.. sites.Select(site => site.Finding)]);
        return new FinalResult
        {
            PerSite = perSite,
            MeanOfSites = metrics.ToDictionary(name => name, name => Mean(perSite.Select(site => site.Metrics[name]))),
            WorstSite = MetricValue.WorstOf(perSite, (settings.Metrics.Count > 0 ? settings.Metrics : MetricValue.Usual(isClassification))[0]),
            Pooled = metrics.ToDictionary(name => name, name => pooled.GetValueOrDefault(name)),
        };
    }

    private static Dictionary<string, double?> Pooled(IReadOnlyList<SiteFinding> sites) => sites.SelectMany(site => site.Metrics.Keys).Distinct().ToDictionary(name => name, name => name switch
    {
        "accuracy" or "loss" or "mean-absolute-error" => Pooled(sites, site => site.Metrics.GetValueOrDefault(name)),
        "root-mean-squared-error" => Pooled(sites, site => site.Metrics.GetValueOrDefault(name) is { } root ? root * root : null) is { } square ? Math.Sqrt(square) : null,
        _ => null,
    });

    /// <summary>Null where a site does not tell: a mean over the others would be of other rows.</summary>
    private static double? Pooled(IReadOnlyList<SiteFinding> sites, Func<SiteFinding, double?> of)
    {
        double sum = 0, rows = 0;
        foreach (SiteFinding site in sites)
        {
            if (of(site) is not { } value)
            {
                return null;
            }
            sum += value * site.TestRows;
            rows += site.TestRows;
        }
        return rows > 0 ? sum / rows : null;
    }

    private static double? Mean(IEnumerable<double?> values)
    {
        double[] defined = [.. values.OfType<double>()];
        return defined.Length == 0 ? null : defined.Sum() / defined.Length;
    }

    private static ArmFootprint? Footprint(ArmRecord arm, double seconds) => arm.Joules.Count == 0 ? null : new ArmFootprint
    {
        Measured = new MeasuredFootprint
        {
            Seconds = seconds,
            Energy = [.. arm.Joules.Select(part => new MeasuredEnergy { Component = "sites", EnergyKWh = part.Value / JoulesPerKilowattHour, Basis = part.Key.Basis, Source = part.Key.Meter })],
            EnergyKWh = arm.Joules.Values.Sum() / JoulesPerKilowattHour,
            Notes = ["Energy of training as the sites metered and signed it, added up."],
        },
    };

    private DataFacts Data(ArmRecord arm)
    {
        DataSchema? schema = fold.Schemas?.GetValueOrDefault(arm.Name);
        return new DataFacts
        {
            Task = schema is { Classes.Count: 0 } ? "regression" : "classification",
            Classes = schema?.Classes ?? [],
            Features = schema?.Sample().Size ?? 0,
            Source = "The sites' own rows, which stayed there.",
            Sites = [.. fold.Record.Sites.Where(site => site.Prepared is not null).Select(site => Facts(site.Name, site.Prepared![arm.Name]))],
        };
    }

    private static SiteFacts Facts(string name, PreparedRows rows) => new() { Name = name, TrainRows = rows.TrainRows, TestRows = rows.TestRows, Labels = rows.Labels };
}

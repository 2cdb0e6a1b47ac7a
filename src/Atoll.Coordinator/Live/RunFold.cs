using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Live.Record;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;
using Atoll.Learning.Tensors;
using Atoll.Ledger;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>A run across machines, folded from the entries of its ledger: what happened, and where that leaves the run. A coordinator folds its own as it writes; anyone folds one that lies in a folder.</summary>
/// <remarks>For one thread at a time.</remarks>
public sealed class RunFold
{
    private readonly RunMachine _machine;

    /// <param name="sites">Those that the run expects, in its order.</param>
    /// <param name="now">When the run began, until its first entry says so.</param>
    public RunFold(Experiment experiment, IReadOnlyList<string> sites, DateTimeOffset now)
    {
        Experiment = experiment;
        Arms = experiment.Arms.Where(arm => arm.Value is FederatedArm).ToDictionary(arm => arm.Key, arm => (FederatedArm)arm.Value);
        Record = new RunRecord(sites, Arms);
        _machine = new RunMachine(new()
        {
            Sites = sites,
            Arms = [.. Arms.Select(arm => new ArmRules(arm.Key, arm.Value.Rounds, arm.Value.Buffered is not null))],
            Settings = experiment.Live ?? new(),
        });
        (State, Last) = (RunState.Of(sites.Count, now), now);
    }

    /// <summary>The body that has the sites' merged schemas; null before the enrolment is over.</summary>
    public Digest? SchemasBody => Record.Enrolment?.Schemas;

    /// <summary>When the last entry was written.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>How many it has taken.</summary>
    internal long Entries { get; private set; }

    internal Experiment Experiment { get; }

    internal IReadOnlyDictionary<string, FederatedArm> Arms { get; }

    internal RunRecord Record { get; }

    internal RunState State { get; private set; }

    /// <summary>By arm; null until the enrolment is over.</summary>
    internal IReadOnlyDictionary<string, DataSchema>? Schemas { get; private set; }

    /// <summary>By arm; null until the enrolment is over.</summary>
    internal IReadOnlyDictionary<string, Network>? Networks { get; private set; }

    /// <summary>Takes the next entry.</summary>
    /// <exception cref="LedgerException">It is no entry of this run.</exception>
    public void Take(LedgerEntry entry)
    {
        if (entry.Kind == EntryKind.RunCreated)
        {
            State = State with { Since = entry.Time };
        }
        foreach (RunEvent happened in Record.Take(entry))
        {
            Decide(happened, entry.Time);
        }
        Last = entry.Time;
        Entries++;
    }

    /// <summary>Takes the content of <see cref="SchemasBody"/>, from which the arms' models follow.</summary>
    public void TakeSchemas(ReadOnlySpan<byte> content) => Use(JsonSerializer.Deserialize(content, RecordJson.Default.IReadOnlyDictionaryStringDataSchema)!);

    /// <summary>The run when its last entry was written. Who is connected, and how far a task is, no ledger says.</summary>
    /// <param name="size">Of the ledger.</param>
    public RunStatus Status(long size, Digest root) => new()
    {
        Run = Record.Created?.Run ?? "",
        Name = Experiment.Name,
        Seed = Experiment.Seed,
        Phase = State.Phase,
        Reason = State.IsOver ? State.Reason : $"As of the ledger's last entry, {Last.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}: {Going()}",
        Started = Record.Started,
        Now = Last,
        Arms = [.. Record.Arms.Select(Arm)],
        Sites = [.. Record.Sites.Select(Site)],
        Rejections = [.. Record.Rejections],
        Rejected = Record.Rejected,
        Ledger = new LedgerStatus { Size = size, Root = root, Fingerprint = Record.Created?.Key.Fingerprint ?? "" },
    };

    /// <summary>The run as a result: <c>result.json</c>, where the entries are those up to the one that ended it.</summary>
    /// <param name="size">Of the ledger.</param>
    /// <exception cref="LedgerException">The ledger's first entry lacks what a result says of the coordinator.</exception>
    public RunResult Result(long size, Digest root) => new LiveResult(this).Fold(size, root);

    /// <summary>Whether an arm's trained model is the one that its last round ended with, which the sites evaluated and signed for.</summary>
    /// <param name="model">The tensors of the trained model's file.</param>
    /// <param name="open">Opens a body by its hash; null where it is not there.</param>
    /// <returns>Null where that cannot be known: before the sites' schemas are, and where the round's body holds more than weights and is not there.</returns>
    /// <exception cref="TensorFileException">The tensors are not those of the arm's network, or the body is none of its.</exception>
    public bool? IsOfLastRound(string arm, IReadOnlyList<NamedTensor> model, Func<Digest, Stream?> open)
    {
        if (Networks?.GetValueOrDefault(arm) is not { } network || Record.Arm(arm)?.Done is not [.., var last])
        {
            return null;
        }
        float[] weights = ModelTensors.Parameters(network, model);
        if (!Arms[arm].LocalObjective.ExchangesControl)
        {
            return SafetensorsFile.Sha256([new("weights", [weights.Length], weights)]) == last.Model.ToString();
        }
        using Stream? body = open(last.Model);
        return body is null ? null : SafetensorsFile.Read(body, last.ModelBytes).Tensors.FirstOrDefault(tensor => tensor.Name == "weights") is { } own
            && MemoryMarshal.AsBytes(own.Values.Span).SequenceEqual(MemoryMarshal.AsBytes(weights.AsSpan()));
    }

    internal RunDecision Decide(RunEvent happened, DateTimeOffset now)
    {
        RunDecision decision = _machine.Next(State, happened, now);
        State = decision.State;
        return decision;
    }

    internal void Use(IReadOnlyDictionary<string, DataSchema> schemas)
    {
        Dictionary<string, Network> networks = Arms.ToDictionary(arm => arm.Key, arm => arm.Value.Model.Build(schemas[arm.Key].Sample(), schemas[arm.Key].Classes.Count));
        (Schemas, Networks) = (schemas, networks);
    }

    /// <summary>How many sites hold the arm's models against test rows.</summary>
    internal int Evaluators(ArmRecord arm) => State.Participants.Count(site => Record.Sites[site].Prepared is { } rows && rows[arm.Name].TestRows > 0);

    /// <summary>An open round's own machine is not folded: the record has what it is about.</summary>
    private string Going() => Record.Arms.FirstOrDefault(arm => arm.Open is not null) is { Open: { } open } arm
        ? $"{arm.Name}: round {open.Number} of {arm.Rounds} is open, with {open.Updates.Count} of {open.Asked} updates."
        : _machine.Next(State, new TimePassed([]), Last).Reason;

    private ArmStatus Arm(ArmRecord arm) => new()
    {
        Name = arm.Name,
        Completed = arm.Completed,
        Rounds = arm.Rounds,
        Parameters = Networks?.GetValueOrDefault(arm.Name)?.ParameterCount ?? 0,
        BytesUp = arm.BytesUp,
        BytesDown = arm.BytesDown,
        Stopped = arm.End?.Stopped,
        Model = arm.Done.Count > 0 ? arm.Done[^1].Model : null,
        Updates = State.IsOver ? 0 : arm.Open?.Updates.Count ?? 0,
        Asked = State.IsOver ? 0 : arm.Open?.Asked ?? 0,
        Results = LiveResult.Rounds(arm, Evaluators(arm)),
    };

    private SiteStatus Site(SiteRecord site)
    {
        PreparedRows? rows = site.Prepared?.Values.FirstOrDefault();
        RunSite state = State.Sites[site.Index];
        return new()
        {
            Name = site.Name,
            Activity = !state.Enrolled ? SiteActivity.Expected : state.Lost ? SiteActivity.Lost : SiteActivity.Enrolled,
            TrainRows = rows?.TrainRows,
            TestRows = rows?.TestRows,
            Labels = rows?.Labels ?? new Dictionary<string, int>(),
            Updates = site.Updates,
            Rejected = site.Rejected,
            EnergyJoules = site.Joules.Values.Sum(),
            EnergyBasis = site.Joules.Count == 0 ? null : string.Join(" and ", site.Joules.Keys),
            Metrics = site.Metrics,
        };
    }
}

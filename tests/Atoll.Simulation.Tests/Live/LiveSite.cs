using System.Collections.Concurrent;
using System.Text.Json;
using Atoll.Client;
using Atoll.Coordinator.Live;
using Atoll.Experiments;
using Atoll.Experiments.Metrics;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Models;
using Atoll.Learning.Tensors;
using Atoll.Learning.Training;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Simulation.Tests.Live;

/// <summary>A site that speaks to a run in this process, as a client would over the network: same training, same signatures.</summary>
internal sealed class LiveSite(string name, int index, Table table, string folder)
{
    private readonly ConcurrentDictionary<(string Arm, long Task), float[]> _states = new();
    private Dictionary<string, (FederatedArm Arm, Network Network, SitedDataset Data, SiteTraining Training)>? _arms;
    private IReadOnlyDictionary<string, DataSchema>? _schemas;

    public string Name => name;

    public SigningKey Key { get; } = SigningKey.Create();

    /// <summary>Changes an update before it is signed and sent: a liar's client.</summary>
    public Func<TrainWork, float[], float[]>? Bend { get; set; }

    /// <summary>Called with every piece of work before it is done; may throw to break off.</summary>
    public Action<Work>? OnWork { get; set; }

    /// <summary>Changes what it tells when it enrols.</summary>
    public Func<EnrolmentRequest, EnrolmentRequest> BendEnrolment { get; set; } = request => request;

    /// <summary>Changes what it found before it is signed and sent.</summary>
    public Func<EvaluationMessage, EvaluationMessage> BendEvaluation { get; set; } = found => found;

    public List<UpdateReply> Replies { get; } = [];

    public EndWork? End { get; private set; }

    /// <summary>As a new process would, but for what it keeps on disk: its key and what local objectives remember.</summary>
    public void Forget() => (End, _arms, _schemas) = (null, null, null);

    public async Task JoinAsync(ILiveRun run)
    {
        RunDescription description = run.Describe(name);
        Experiment experiment = Parse(description);
        Dictionary<string, TableSummary> summaries = Federated(experiment).ToDictionary(arm => arm.Key, arm => Preparation(arm.Value).Summarize(table, name));
        await run.EnrolAsync(BendEnrolment(new()
        {
            Site = name,
            Key = Key.PublicKey,
            Client = "test",
            Summaries = summaries,
            Signed = Sign(EntryKind.SiteEnrolled, nonce => SiteStatement.Of(Key.PublicKey, description.Run, name, nonce)),
        }), default);
    }

    /// <summary>Does what it is told until the run is over.</summary>
    public async Task WorkAsync(ILiveRun run, CancellationToken cancellation = default)
    {
        while (End is null)
        {
            Work work = await run.NextWorkAsync(name, TimeSpan.FromSeconds(30), cancellation);
            OnWork?.Invoke(work);
            await DoAsync(run, work, cancellation);
        }
    }

    public async Task DoAsync(ILiveRun run, Work work, CancellationToken cancellation = default)
    {
        string runName = run.Describe(name).Run;
        switch (work)
        {
            case PrepareWork prepare:
                Prepare(run, prepare.Schemas);
                PreparationMessage message = new()
                {
                    Arms = _arms!.ToDictionary(arm => arm.Key, arm => new PreparedRows { TrainRows = arm.Value.Data.Sites[0].Train.Length, TestRows = arm.Value.Data.Sites[0].Test.Length }),
                    Signed = null!,
                };
                await run.PrepareAsync(name, message with { Signed = Sign(SiteStatement.SitePrepared, nonce => SiteStatement.Of(message, runName, name, nonce)) }, cancellation);
                break;
            case TrainWork train:
                (UpdateMessage update, string file) = await TrainAsync(run, train, cancellation);
                UpdateReply reply = await run.UpdateAsync(name, update, file, cancellation);
                lock (Replies)
                {
                    Replies.Add(reply);
                }
                break;
            case EvaluateWork evaluate:
                EvaluationMessage found = BendEvaluation(await EvaluateAsync(run, evaluate, cancellation));
                await run.EvaluateAsync(name, found with { Signed = Sign(EntryKind.Evaluation, nonce => SiteStatement.Of(found, runName, name, nonce)) }, cancellation);
                break;
            case EndWork end:
                End = end;
                break;
        }
    }

    /// <summary>Trains, and has the body in a file and the message signed.</summary>
    public async Task<(UpdateMessage Message, string File)> TrainAsync(ILiveRun run, TrainWork work, CancellationToken cancellation = default)
    {
        Prepare(run, null);
        (FederatedArm arm, _, SitedDataset data, SiteTraining training) = _arms![work.Arm];
        Dictionary<string, float[]> body = await BodyAsync(run, work.Model, work.Bytes, cancellation);
        float[] state = !arm.LocalObjective.KeepsSiteState ? [] : work.Counted is { } counted ? [.. _states[(work.Arm, counted)]] : new float[body["weights"].Length];
        RoundTask task = new()
        {
            Round = work.Round,
            Turn = work.Turn,
            Weights = body["weights"],
            Control = body.GetValueOrDefault("control", []),
            LocalEpochs = work.LocalEpochs,
            LocalSteps = work.LocalSteps,
            LearningRateFactor = work.LearningRateFactor,
        };
        SiteUpdate trained = training.Train(task, index, data.Sites[0].Train, state, Parse(run.Describe(name)).Seed, cancellation);
        _states[(work.Arm, work.Task)] = state;
        float[] vector = Bend?.Invoke(work, trained.Update) ?? trained.Update;
        List<NamedTensor> tensors = [new("update", [vector.Length], vector)];
        if (trained.ControlChange.Length > 0)
        {
            tensors.Add(new("control", [trained.ControlChange.Length], trained.ControlChange));
        }
        string file = Path.Combine(folder, $"{name}-{Guid.NewGuid():n}");
        string hash = SafetensorsFile.Write(file, tensors);
        UpdateMessage message = new()
        {
            Task = work.Task,
            Arm = work.Arm,
            Round = work.Turn is null ? work.Round : null,
            Turn = work.Turn,
            Update = Digest.Parse(hash),
            Bytes = new FileInfo(file).Length,
            Rows = trained.Rows,
            Steps = trained.Steps,
            EffectiveSteps = trained.EffectiveSteps,
            Samples = trained.Samples,
            TrainingLoss = trained.TrainingLoss,
            Seconds = 0.5,
            Signed = null!,
        };
        return (Signed(run, message), file);
    }

    public UpdateMessage Signed(ILiveRun run, UpdateMessage message, SigningKey? key = null) =>
        message with { Signed = Sign(EntryKind.UpdateReceived, nonce => SiteStatement.Of(message, run.Describe(name).Run, name, nonce), key) };

    public SignedStatement Sign(string kind, Func<string, JsonElement> says, SigningKey? key = null) => SignedStatement.Of(kind, name, says(Guid.NewGuid().ToString("n")), key ?? Key);

    private async Task<EvaluationMessage> EvaluateAsync(ILiveRun run, EvaluateWork work, CancellationToken cancellation)
    {
        Prepare(run, null);
        (FederatedArm arm, Network network, SitedDataset data, _) = _arms![work.Arm];
        float[] weights = (await BodyAsync(run, work.Model, work.Bytes, cancellation))["weights"];
        int[] rows = data.Sites[0].Test;
        int outputs = network.Loss.Outputs;
        var predictions = new float[rows.Length * outputs];
        var losses = new double[rows.Length];
        new Workspace(network, rows.Length).Predict(weights, data.Data, rows, predictions, losses);
        IReadOnlyList<Metric> metrics = arm.Metrics.Count > 0 ? arm.Metrics : MetricValue.Usual(data.Data.IsClassification);
        return new()
        {
            Arm = work.Arm,
            Round = work.Round,
            Model = work.Model,
            TestRows = rows.Length,
            Metrics = MetricValue.All(metrics, predictions, outputs, [.. rows.Select(row => data.Data.Targets[row])], losses),
            Loss = MetricValue.MeanLoss(losses),
            Signed = null!,
        };
    }

    private static async Task<Dictionary<string, float[]>> BodyAsync(ILiveRun run, Digest model, long bytes, CancellationToken cancellation)
    {
        await using Stream stream = (await run.OpenModelAsync(model, cancellation)).ShouldNotBeNull();
        stream.Length.ShouldBe(bytes);
        return SafetensorsFile.Read(stream, bytes).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());
    }

    private void Prepare(ILiveRun run, IReadOnlyDictionary<string, DataSchema>? schemas)
    {
        _schemas ??= schemas ?? run.Describe(name).Schemas.ShouldNotBeNull();
        Experiment experiment = Parse(run.Describe(name));
        _arms ??= Federated(experiment).ToDictionary(arm => arm.Key, arm =>
        {
            DataSchema schema = _schemas[arm.Key];
            SitedDataset data = Preparation(arm.Value).Prepare(table, schema, name, index, experiment.Seed).Sited;
            Network network = arm.Value.Model.Build(schema.Sample(), schema.Classes.Count);
            return (arm.Value, network, data, new SiteTraining(network, arm.Value.Training, arm.Value.LocalObjective, data.Data));
        });
    }

    private static SitePreparation Preparation(FederatedArm arm) => new(arm.Data, arm.Partition, null);

    private static Experiment Parse(RunDescription description) => ExperimentFile.Parse(description.Experiment, "experiment.yaml", "/");

    private static IEnumerable<KeyValuePair<string, FederatedArm>> Federated(Experiment experiment) =>
        experiment.Arms.Where(arm => arm.Value is FederatedArm).Select(arm => KeyValuePair.Create(arm.Key, (FederatedArm)arm.Value));
}

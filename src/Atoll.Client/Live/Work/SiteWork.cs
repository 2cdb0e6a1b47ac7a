using System.Globalization;
using System.Text.Json;
using Atoll.Client.Live.Connection;
using Atoll.Client.Live.Folder;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Work;

/// <summary>Asks for work and does it, until the run is over.</summary>
internal sealed class SiteWork
{
    private const string NoSuchModel = "unknown-model";

    private readonly SiteFolder _folder;
    private readonly CoordinatorConnection _coordinator;
    private readonly Signer _signer;
    private readonly HeadWatch _heads;
    private readonly SiteSettings _settings;
    private readonly ISiteRows _rows;
    private readonly Experiment _experiment;
    private readonly IReadOnlyList<string> _trained;
    private readonly TrainDuty _train;
    private readonly Delivery _delivery;
    private Dictionary<string, SiteArm>? _arms;
    private string? _waitingFor;
    private bool _mayHaveGrown;
    private Digest? _gone;

    public SiteWork(SiteFolder folder, CoordinatorConnection coordinator, Signer signer, HeadWatch heads, SiteSettings settings, RunDescription description, ISiteRows rows)
    {
        (_folder, _coordinator, _signer, _heads, _settings, _rows) = (folder, coordinator, signer, heads, settings, rows);
        (_experiment, _trained) = (Agreement.ExperimentOf(description), description.Arms);
        int index = Array.IndexOf(description.Sites.ToArray(), description.Site);
        if (index < 0)
        {
            throw new ProtocolException($"Site {description.Site} must be one of the run's sites, but those are {string.Join(", ", description.Sites)}.");
        }
        _train = new(folder, coordinator, signer, settings, index, _experiment.Seed);
        _delivery = new(folder, coordinator, settings);
    }

    public async Task<SiteOutcome> RunAsync(CancellationToken cancellation)
    {
        if (_folder.Task.Left() is { } left)
        {
            await DeliverAsync(left, isAgain: true, cancellation).ConfigureAwait(false);
        }
        while (true)
        {
            switch (await NextAsync(cancellation).ConfigureAwait(false))
            {
                case WaitWork wait:
                    Waits(wait.Reason);
                    break;
                case PrepareWork prepare:
                    await PrepareAsync(prepare, cancellation).ConfigureAwait(false);
                    break;
                case TrainWork train:
                    _waitingFor = null;
                    await UnlessGoneAsync(train.Model, () => TrainAsync(train, cancellation)).ConfigureAwait(false);
                    break;
                case EvaluateWork evaluate:
                    _waitingFor = null;
                    await UnlessGoneAsync(evaluate.Model, () => EvaluateAsync(evaluate, cancellation)).ConfigureAwait(false);
                    break;
                case EndWork end:
                    return await Ending.Of(end, _trained, _folder, _coordinator, _heads, _settings, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A model that the coordinator keeps no longer belongs to work that is over: the round was done, or the run, while the site came for it. There is other work.</summary>
    /// <exception cref="CoordinatorRefusedException">It has the same work again for the site, and still not its model.</exception>
    private async Task UnlessGoneAsync(Digest model, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            _gone = null;
        }
        catch (CoordinatorRefusedException refused) when (refused.Code == NoSuchModel && _gone != model)
        {
            _gone = model;
            _settings.Say("refused", "The work was over before its model could be fetched.");
        }
    }

    /// <summary>Asks for work and, where the site added to the ledger since, has its head proved meanwhile: no work is done for a coordinator that shows another history.</summary>
    private async Task<Experiments.Protocol.Work> NextAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource asking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<Experiments.Protocol.Work> next = _coordinator.NextWorkAsync(asking.Token);
        try
        {
            if (_mayHaveGrown)
            {
                await _heads.LookAsync(cancellation).ConfigureAwait(false);
                _mayHaveGrown = false;
            }
            return await next.ConfigureAwait(false);
        }
        catch
        {
            await asking.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private void Waits(string reason)
    {
        if (_waitingFor != reason)
        {
            _waitingFor = reason;
            _settings.Say("waiting", reason);
        }
    }

    private async Task PrepareAsync(PrepareWork work, CancellationToken cancellation)
    {
        if (_folder.Schemas is { } agreed && !Same(agreed, work))
        {
            throw new ProtocolException("The schemas must stay those that all sites agreed on, but the coordinator sends others now.");
        }
        if (_folder.Preparation is not { } message)
        {
            _folder.Schemas = work;
            message = _signer.Sign(new PreparationMessage { Arms = Arms().ToDictionary(arm => arm.Key, arm => Counts(arm.Value)), Signed = null! });
            _folder.Preparation = message;
        }
        await _coordinator.PrepareAsync(message, cancellation).ConfigureAwait(false);
        PreparedRows first = message.Arms.Values.First();
        _settings.Say("prepared", Text($"Prepared: {first.TrainRows:N0} rows to train on, {first.TestRows:N0} to test on."));
    }

    private async Task TrainAsync(TrainWork work, CancellationToken cancellation)
    {
        SiteArm arm = ArmOf(work.Arm);
        string name = Name(work.Arm, work.Round);
        _settings.Say("training", Text($"{name}: training on {arm.Rows.Train.Length:N0} rows."), work.Arm, work.Round);
        (PendingAnswer? answer, string? fault) = await _train.TrainAsync(work, arm, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            _settings.Say("failed", $"{name}: {fault}", work.Arm, work.Round);
            await FailAsync(work.Task, fault!, cancellation).ConfigureAwait(false);
            _folder.Task.Clear();
            return;
        }
        _settings.Say("trained", Text($"{name}: trained in {answer.Update.Seconds:0.##} s, loss {answer.Update.TrainingLoss:0.####}{Energy(answer)}; sending {answer.Update.Bytes:N0} bytes."), work.Arm, work.Round);
        await DeliverAsync(answer, isAgain: false, cancellation).ConfigureAwait(false);
    }

    private async Task FailAsync(long task, string reason, CancellationToken cancellation)
    {
        try
        {
            await _coordinator.FailAsync(new() { Task = task, Reason = reason }, cancellation).ConfigureAwait(false);
        }
        catch (CoordinatorRefusedException refused) when (!refused.IsOfSite)
        {
            _settings.Say("refused", $"The coordinator did not take the reason: {refused.Message}");
        }
    }

    private async Task DeliverAsync(PendingAnswer answer, bool isAgain, CancellationToken cancellation)
    {
        await _delivery.DeliverAsync(answer, isAgain, cancellation).ConfigureAwait(false);
        _mayHaveGrown = true;
    }

    private async Task EvaluateAsync(EvaluateWork work, CancellationToken cancellation)
    {
        SiteArm arm = ArmOf(work.Arm);
        string name = Name(work.Arm, work.Round), file = await BusyAsync(() => _folder.Models.GetAsync(work.Model, work.Bytes, _coordinator, cancellation), cancellation).ConfigureAwait(false);
        ModelBody model = ModelBody.ReadEither(file, arm.Network.ParameterCount);
        (double? loss, IReadOnlyDictionary<string, double?> metrics) = await BusyAsync(() => OwnThread.RunAsync(() => arm.Evaluation.Of(model.Weights), $"evaluating {work.Arm}"), cancellation).ConfigureAwait(false);
        EvaluationMessage message = _signer.Sign(new EvaluationMessage
        {
            Arm = work.Arm, Round = work.Round, Model = work.Model, TestRows = arm.Rows.Test.Length, Metrics = metrics, Loss = loss, Signed = null!,
        });
        try
        {
            await _coordinator.EvaluateAsync(message, cancellation).ConfigureAwait(false);
            string values = string.Join(", ", metrics.Select(metric => Text($"{metric.Key} {(metric.Value is { } value ? value.ToString("0.####", CultureInfo.InvariantCulture) : "not defined")}")));
            _settings.Say("evaluated", Text($"{name}: on {arm.Rows.Test.Length:N0} test rows: {values}."), work.Arm, work.Round);
        }
        catch (CoordinatorRefusedException refused) when (!refused.IsOfSite)
        {
            _settings.Say("refused", $"{name}: the evaluation was refused: {refused.Message}", work.Arm, work.Round);
        }
        _mayHaveGrown = true;
    }

    private Task<T> BusyAsync<T>(Func<Task<T>> work, CancellationToken cancellation) => Heartbeat.WhileAsync(work, _coordinator, Heartbeat.NoTask, () => 0, _settings, cancellation);

    private SiteArm ArmOf(string name) => Arms().GetValueOrDefault(name)
        ?? throw new ProtocolException($"Work must be for one of the run's federated arms ({string.Join(", ", Arms().Keys)}), but is for '{name}'.");

    private Dictionary<string, SiteArm> Arms()
    {
        if (_arms is null)
        {
            PrepareWork schemas = _folder.Schemas ?? throw new ProtocolException("Work must come after the schemas that all sites agreed on, but came before.");
            IReadOnlyDictionary<string, SitedDataset> data = _rows.Prepare(schemas.Schemas);
            _arms = _experiment.Arms.Where(arm => arm.Value is FederatedArm).ToDictionary(arm => arm.Key, arm => new SiteArm((FederatedArm)arm.Value, data[arm.Key]));
        }
        return _arms;
    }

    private static PreparedRows Counts(SiteArm arm)
    {
        Dictionary<string, int> labels = arm.Data.Classes.ToDictionary(label => label, _ => 0);
        foreach (int row in arm.Rows.Train.Concat(arm.Rows.Test).Where(_ => arm.Data.IsClassification))
        {
            labels[arm.Data.Classes[(int)arm.Data.Targets[row]]]++;
        }
        return new() { TrainRows = arm.Rows.Train.Length, TestRows = arm.Rows.Test.Length, Labels = labels };
    }

    private string Name(string arm, int round) => _experiment.Arms[arm] is FederatedArm federated ? Text($"{arm} round {round} of {federated.Rounds}") : arm;

    private static bool Same(PrepareWork a, PrepareWork b) =>
        JsonElement.DeepEquals(JsonSerializer.SerializeToElement(a, SiteJson.Default.PrepareWork), JsonSerializer.SerializeToElement(b, SiteJson.Default.PrepareWork));

    private static string Energy(PendingAnswer answer) =>
        string.Concat(answer.Readings.Select(reading => Text($", {reading.EnergyJoules:0.#} J {reading.Basis}")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

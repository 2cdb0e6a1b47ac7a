using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;

namespace Atoll.Benchmarks.Load;

/// <summary>A site that keeps to the protocol and trains nothing: one of many in this process, each with a key, a certificate and connections of its own.</summary>
/// <param name="index">Its place among the sites.</param>
internal sealed class LoadSite(int index, JoinToken token, LoadAuthority authority) : IDisposable
{
    private const string Client = "load";
    private const int PollSeconds = 60, NonceDigits = 32;

    private readonly SigningKey _key = SigningKey.Create();
    private X509Certificate2? _certificate;
    private LoadConnection? _connection;
    private string _run = token.Run;
    private UpdateMessage? _update;

    public TrainWork? Task { get; private set; }

    /// <summary>Whether the coordinator said that the run is over, and well.</summary>
    public bool IsFinished { get; private set; }

    private LoadConnection Connection => _connection ?? throw new InvalidOperationException($"{token.Site} must enrol first.");

    /// <summary>With the token, on a connection that ends with it.</summary>
    public async Task EnrolAsync(CancellationToken cancellation)
    {
        using LoadConnection connection = new(token, authority, certificate: null);
        RunDescription run = await connection.GetAsync(ProtocolPath.Run, ProtocolJson.Default.RunDescription, cancellation);
        _run = run.Run;
        EnrolmentReply reply = await connection.PostAsync(ProtocolPath.Enrolments, new EnrolmentRequest
        {
            Site = token.Site,
            Key = _key.PublicKey,
            Client = Client,
            Summaries = run.Arms.ToDictionary(arm => arm, _ => LoadExperiment.Summary),
            Signed = Sign(EntryKind.SiteEnrolled, SiteStatement.Of(_key.PublicKey, _run, token.Site, Nonce())),
        }, ProtocolJson.Default.EnrolmentRequest, ProtocolJson.Default.EnrolmentReply, cancellation);
        using ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_key.ExportPkcs8(), out _);
        using X509Certificate2 bare = X509Certificate2.CreateFromPem(reply.Certificate);
        _certificate = bare.CopyWithPrivateKey(key);
        _connection = new(token, authority, _certificate);
    }

    /// <summary>Prepares when it is asked to, and waits until it has a task.</summary>
    public async Task TakeTaskAsync(CancellationToken cancellation)
    {
        while (Task is null)
        {
            switch (await NextAsync(cancellation))
            {
                case PrepareWork prepare:
                    PreparationMessage message = new() { Arms = prepare.Schemas.Keys.ToDictionary(arm => arm, _ => LoadExperiment.Rows), Signed = null! };
                    message = message with { Signed = Sign(SiteStatement.SitePrepared, SiteStatement.Of(message, _run, token.Site, Nonce())) };
                    await Connection.PostAsync(ProtocolPath.Preparations, message, ProtocolJson.Default.PreparationMessage, cancellation);
                    break;
                case TrainWork train:
                    Task = train;
                    break;
                case WaitWork:
                    break;
                case var other:
                    throw Unexpected(other);
            }
        }
    }

    /// <returns>The model's first bytes.</returns>
    public Task<byte[]> FetchModelAsync(int keep, CancellationToken cancellation) => Connection.FetchAsync(Task!.Model, keep, cancellation);

    /// <summary>Makes its update ready to be sent.</summary>
    public void Compose(LoadBodies bodies)
    {
        UpdateMessage update = new()
        {
            Task = Task!.Task,
            Arm = Task.Arm,
            Round = Task.Round,
            Update = bodies.NameOf(index),
            Bytes = bodies.Bytes,
            Rows = LoadExperiment.Rows.TrainRows,
            Steps = 1,
            EffectiveSteps = 1,
            Samples = 1,
            TrainingLoss = 1,
            Seconds = 0,
            Signed = null!,
        };
        _update = update with { Signed = Sign(EntryKind.UpdateReceived, SiteStatement.Of(update, _run, token.Site, Nonce())) };
    }

    /// <summary>The body, and then the message, until it is said that it counts.</summary>
    public async Task SendAsync(LoadBodies bodies, CancellationToken cancellation)
    {
        await Connection.PutAsync($"{ProtocolPath.Uploads}/{_update!.Update}", () => bodies.ContentOf(index), cancellation);
        UpdateReply reply = await Connection.PostAsync(ProtocolPath.Updates, _update, ProtocolJson.Default.UpdateMessage, ProtocolJson.Default.UpdateReply, cancellation);
        Require.That(reply.Counted, $"The update of {token.Site} must count, but: {reply.Reason}");
    }

    /// <summary>Evaluates, without looking at the model, until the run is over.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        while (!IsFinished)
        {
            switch (await NextAsync(cancellation))
            {
                case EvaluateWork model:
                    EvaluationMessage message = new()
                    {
                        Arm = model.Arm, Round = model.Round, Model = model.Model, TestRows = LoadExperiment.Rows.TestRows,
                        Metrics = new Dictionary<string, double?> { ["accuracy"] = 1 }, Loss = 1, Signed = null!,
                    };
                    message = message with { Signed = Sign(EntryKind.Evaluation, SiteStatement.Of(message, _run, token.Site, Nonce())) };
                    await Connection.PostAsync(ProtocolPath.Evaluations, message, ProtocolJson.Default.EvaluationMessage, cancellation);
                    break;
                case EndWork { Finished: true }:
                    IsFinished = true;
                    break;
                case WaitWork:
                    break;
                case var other:
                    throw Unexpected(other);
            }
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _certificate?.Dispose();
        _key.Dispose();
    }

    private Task<Experiments.Protocol.Work> NextAsync(CancellationToken cancellation) => Connection.GetAsync($"{ProtocolPath.Work}?wait={PollSeconds}", ProtocolJson.Default.Work, cancellation);

    private InvalidOperationException Unexpected(Experiments.Protocol.Work work) => new($"{token.Site} must be asked to do what is next, but was told {work}.");

    private SignedStatement Sign(string kind, JsonElement statement) => SignedStatement.Of(kind, token.Site, statement, _key);

    private static string Nonce() => RandomNumberGenerator.GetHexString(NonceDigits, lowercase: true);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Atoll.Client.Tests.Live;

/// <summary>A coordinator that does what a test's script says: HTTPS on a port of this machine, one site, work in a fixed order.</summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    public const string Run = "trial-1", Site = "berlin", Secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I";

    private readonly WebApplication _app;
    private readonly SigningKey _key = SigningKey.Create();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _uploads = [];
    private MerkleTree _tree = new();

    private TestCoordinator(WebApplication app, TestAuthority authority) => (_app, Authority) = (app, authority);

    public TestAuthority Authority { get; }

    public Uri Url { get; private set; } = null!;

    /// <summary>Each is given out until it is answered; the last for ever.</summary>
    public ConcurrentQueue<Work> Script { get; } = new();

    public Dictionary<Digest, byte[]> Models { get; } = [];

    /// <summary>Every request that arrived, in order: <c>POST /v1/updates</c>.</summary>
    public ConcurrentQueue<(string What, byte[] Body, bool WithToken, bool WithCertificate)> Received { get; } = new();

    /// <summary>Asked before anything else; true where it has answered.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    public string Experiment { get; set; } = "";

    public UpdateReply Reply { get; set; } = new() { Counted = true, Reason = "it is in round 1." };

    public SigningKey Key => _key;

    public JoinToken Token => new() { Url = Url, Run = Run, Site = Site, Secret = Secret, Authority = Authority.Fingerprint, Expires = DateTimeOffset.UtcNow.AddHours(1) };

    public static async Task<TestCoordinator> StartAsync(X509Certificate2? certificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        TestAuthority authority = new();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, port => port.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate ?? authority.Server(),
            ClientCertificateMode = ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (_, _, _) => true,
        })));
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        TestCoordinator coordinator = new(builder.Build(), authority);
        coordinator._app.Run(coordinator.HandleAsync);
        await coordinator._app.StartAsync();
        coordinator.Url = new Uri(coordinator._app.Urls.Single());
        return coordinator;
    }

    /// <summary>Publishes a body of these weights.</summary>
    public Digest Publish(float[] weights, float[]? control = null)
    {
        NamedTensor[] tensors = [new("weights", [weights.Length], weights), .. control is null ? (NamedTensor[])[] : [new NamedTensor("control", [control.Length], control)]];
        using MemoryStream stream = new();
        SafetensorsFile.Write(stream, tensors);
        Digest model = Digest.Of(stream.ToArray());
        Models[model] = stream.ToArray();
        return model;
    }

    public TrainWork Train(int task, float[] weights, float[]? control = null, int round = 1, long? counted = null, string arm = "fedavg", int steps = 4)
    {
        Digest model = Publish(weights, control);
        return new() { Task = task, Arm = arm, Round = round, Model = model, Bytes = Models[model].Length, LocalSteps = steps, Counted = counted };
    }

    public EvaluateWork Evaluate(float[] weights, int round = 1, string arm = "fedavg")
    {
        Digest model = Publish(weights);
        return new() { Arm = arm, Round = round, Model = model, Bytes = Models[model].Length };
    }

    /// <summary>The messages of a kind, in the order in which they came.</summary>
    public IReadOnlyList<T> Of<T>(string path, JsonTypeInfo<T> type) => [.. Received.Where(request => request.What == $"POST {path}").Select(request => JsonSerializer.Deserialize(request.Body, type)!)];

    public int Count(string what) => Received.Count(request => request.What == what);

    public byte[] Upload(Digest body) => _uploads[body.ToString()];

    /// <summary>One of the vectors in an update's body.</summary>
    public float[] Vector(UpdateMessage update, string name)
    {
        using MemoryStream body = new(Upload(update.Update));
        return SafetensorsFile.Read(body, body.Length).Tensors.Single(tensor => tensor.Name == name).Values.ToArray();
    }

    /// <summary>Goes on with another ledger than the one that it has shown.</summary>
    public void Forge()
    {
        lock (_lock)
        {
            long size = _tree.Size;
            _tree = new();
            for (long i = 0; i <= size; i++)
            {
                _tree.Append(Digest.Of([(byte)i, 1]));
            }
        }
    }

    /// <summary>Goes on with its ledger's first entries only, as from a backup.</summary>
    public void GoBackTo(long size)
    {
        lock (_lock)
        {
            _tree = new();
            for (long i = 0; i < size; i++)
            {
                _tree.Append(Digest.Of(BitConverter.GetBytes(i)));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Authority.Dispose();
        _key.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string path = request.Path.Value!, what = $"{request.Method} {path}";
        byte[] body = [];
        if (request.Method == "POST")
        {
            using MemoryStream read = new();
            await request.Body.CopyToAsync(read);
            body = read.ToArray();
        }
        Received.Enqueue((what, body, request.Headers.Authorization == $"Bearer {Secret}", context.Connection.ClientCertificate is not null));
        if (await Fault(context))
        {
            return;
        }
        switch (what)
        {
            case $"GET {ProtocolPath.Authority}": await context.Response.WriteAsync(Authority.Pem); break;
            case $"GET {ProtocolPath.Run}":
                await Answer(context, new() { Run = Run, Key = _key.PublicKey, Experiment = Experiment, Site = Site, Sites = ["aachen", Site] }, ProtocolJson.Default.RunDescription);
                break;
            case $"POST {ProtocolPath.Enrolments}":
                EnrolmentRequest enrolment = JsonSerializer.Deserialize(body, ProtocolJson.Default.EnrolmentRequest)!;
                await Answer(context, new() { Certificate = Authority.Client(enrolment.Key), Entry = Append() }, ProtocolJson.Default.EnrolmentReply);
                break;
            case $"GET {ProtocolPath.Work}": await Answer(context, Script.TryPeek(out Work? work) ? work : new WaitWork { Reason = "waiting" }, ProtocolJson.Default.Work); break;
            case $"POST {ProtocolPath.Preparations}": Done<PrepareWork>(); break;
            case $"POST {ProtocolPath.Updates}":
                UpdateMessage update = JsonSerializer.Deserialize(body, ProtocolJson.Default.UpdateMessage)!;
                if (!_uploads.TryGetValue(update.Update.ToString(), out byte[]? whole) || whole.Length != update.Bytes)
                {
                    await Refuse(context, 409, "no-body", "The body must be uploaded first.");
                    break;
                }
                Done<TrainWork>();
                await Answer(context, Reply, ProtocolJson.Default.UpdateReply);
                break;
            case $"POST {ProtocolPath.Failures}": Done<TrainWork>(); break;
            case $"POST {ProtocolPath.Evaluations}": Done<EvaluateWork>(); break;
            case $"POST {ProtocolPath.Readings}" or $"POST {ProtocolPath.Progress}": Append(); break;
            case $"GET {ProtocolPath.Head}": await HeadAsync(context); break;
            case var get when get.StartsWith($"GET {ProtocolPath.Models}/", StringComparison.Ordinal): await ModelAsync(context, Digest.Parse(path[(ProtocolPath.Models.Length + 1)..])); break;
            case var head when head.StartsWith("HEAD ", StringComparison.Ordinal): Offset(context, path); break;
            case var put when put.StartsWith("PUT ", StringComparison.Ordinal): await UploadAsync(context, path); break;
            default: await Refuse(context, 404, "unknown", $"Nothing is at {what}."); break;
        }
    }

    public static async Task Refuse(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        await Answer(context, new() { Code = code, Message = message }, ProtocolJson.Default.ProtocolProblem);
    }

    private static async Task Answer<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    private void Done<T>()
    {
        Append();
        if (Script.TryPeek(out Work? work) && work is T)
        {
            Script.TryDequeue(out _);
        }
    }

    private long Append()
    {
        lock (_lock)
        {
            _tree.Append(Digest.Of(BitConverter.GetBytes(_tree.Size)));
            return _tree.Size - 1;
        }
    }

    private async Task HeadAsync(HttpContext context)
    {
        HeadReply? reply;
        lock (_lock)
        {
            long from = long.Parse(context.Request.Query["from"]!, CultureInfo.InvariantCulture);
            reply = from > _tree.Size ? null : new()
            {
                Head = SignedTreeHead.Sign(Run, _tree.Size, _tree.Root, DateTimeOffset.UtcNow, _key),
                Consistency = from is 0 || from == _tree.Size ? [] : _tree.Consistency(from, _tree.Size),
            };
        }
        if (reply is null)
        {
            await Refuse(context, 400, "bad-size", "A proof must be from at most the entries that there are.");
            return;
        }
        await Answer(context, reply, ProtocolJson.Default.HeadReply);
    }

    private async Task ModelAsync(HttpContext context, Digest model)
    {
        if (!Models.TryGetValue(model, out byte[]? bytes))
        {
            await Refuse(context, 404, "unknown-model", "There is no such model.");
            return;
        }
        RangeItemHeaderValue? range = RangeHeaderValue.TryParse(context.Request.Headers.Range, out RangeHeaderValue? asked) ? asked.Ranges.Single() : null;
        int from = (int)(range?.From ?? 0);
        if (range is not null)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        }
        context.Response.ContentLength = bytes.Length - from;
        await context.Response.Body.WriteAsync(bytes.AsMemory(from));
    }

    private void Offset(HttpContext context, string path) =>
        context.Response.Headers["Upload-Offset"] = $"{(_uploads.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out byte[]? there) ? there.Length : 0)}";

    private async Task UploadAsync(HttpContext context, string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        ContentRangeHeaderValue range = ContentRangeHeaderValue.Parse(context.Request.Headers.ContentRange!);
        byte[] there = _uploads.GetValueOrDefault(name, []);
        if (range.From != there.Length)
        {
            await Refuse(context, 409, "wrong-offset", $"A piece must begin at {there.Length}.");
            return;
        }
        using MemoryStream read = new();
        await context.Request.Body.CopyToAsync(read);
        _uploads[name] = [.. there, .. read.ToArray()];
        Offset(context, path);
        context.Response.StatusCode = _uploads[name].Length == range.Length ? 201 : 202;
    }

    /// <summary>Keeps the first bytes of an upload and breaks the connection.</summary>
    public async Task BreakUploadAsync(HttpContext context, int after)
    {
        byte[] piece = new byte[after];
        await context.Request.Body.ReadExactlyAsync(piece);
        string name = context.Request.Path.Value![(ProtocolPath.Uploads.Length + 1)..];
        _uploads[name] = piece;
        context.Abort();
    }
}

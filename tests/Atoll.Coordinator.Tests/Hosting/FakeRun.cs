using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Tests.Hosting;

/// <summary>A run that says yes to what reaches it, and remembers.</summary>
internal sealed class FakeRun : ILiveRun
{
    private readonly ConcurrentDictionary<string, PublicKey> _keys = new();
    private readonly List<string> _lines = ["""{"index":0}""", """{"index":1}"""];
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static readonly byte[] Model = Encoding.UTF8.GetBytes("the weights of a model");

    public IReadOnlyList<string> Sites { get; init; } = ["north", "south & west/../x"];

    public ConcurrentQueue<(string? Site, string Reason, Digest? Body)> Rejections { get; } = [];

    public ConcurrentQueue<(string Site, UpdateMessage Message, byte[]? Body)> Updates { get; } = [];

    public ConcurrentQueue<object> Messages { get; } = [];

    public ConcurrentQueue<string> SeenSites { get; } = [];

    public ConcurrentQueue<Work> Works { get; } = [];

    public string? Aborted { get; private set; }

    public long Limit { get; set; } = 4 << 20;

    public Exception? Fault { get; set; }

    public RunDescription Describe(string site) => Fault is { } fault ? throw fault : new() { Run = "trial", Key = _keys.Values.FirstOrDefault() ?? SigningKey.Create().PublicKey, Experiment = "name: trial", Site = site, Sites = Sites };

    public Task<long> EnrolAsync(EnrolmentRequest request, CancellationToken cancellation)
    {
        if (!_keys.GetOrAdd(request.Site, request.Key).Equals(request.Key))
        {
            throw new RefusedException("other-key", "Another key enrolled.");
        }
        return Task.FromResult(7L);
    }

    public PublicKey? KeyOf(string site) => _keys.GetValueOrDefault(site);

    public void Seen(string site) => SeenSites.Enqueue(site);

    public async Task<Work> NextWorkAsync(string site, TimeSpan wait, CancellationToken cancellation)
    {
        if (Works.TryDequeue(out Work? work))
        {
            return work;
        }
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        return new WaitWork { Reason = "Nothing to do." };
    }

    public Task PrepareAsync(string site, PreparationMessage message, CancellationToken cancellation) => Take(message);

    public async Task<UpdateReply> UpdateAsync(string site, UpdateMessage message, string? bodyFile, CancellationToken cancellation)
    {
        Updates.Enqueue((site, message, bodyFile is null ? null : await File.ReadAllBytesAsync(bodyFile, cancellation)));
        return bodyFile is null && Updates.Count == 1 ? throw new RefusedException("no-body", "The body must be uploaded first.") : new() { Counted = true, Reason = "Counted.", Entry = 9 };
    }

    public Task FailAsync(string site, FailureMessage message, CancellationToken cancellation) => Take(message);

    public Task EvaluateAsync(string site, EvaluationMessage message, CancellationToken cancellation) => Take(message);

    public Task ReadAsync(string site, ReadingMessage message, CancellationToken cancellation) => Take(message);

    public void Progress(string site, ProgressMessage message) => Messages.Enqueue(message);

    public long UploadLimit(string site) => Limit;

    public Task RejectAsync(string? site, string reason, Digest? body, CancellationToken cancellation)
    {
        Rejections.Enqueue((site, reason, body));
        return Task.CompletedTask;
    }

    /// <summary>A second model, too large to lie in anybody's buffers.</summary>
    public byte[] Large { get; } = new byte[32 << 20];

    public Task<Stream?> OpenModelAsync(Digest model, CancellationToken cancellation) =>
        Task.FromResult<Stream?>(model == Digest.Of(Model) ? new MemoryStream(Model, writable: false) : model == Digest.Of(Large) ? new MemoryStream(Large, writable: false) : null);

    public Task<HeadReply> HeadAsync(long from, CancellationToken cancellation) => throw new RefusedException("unknown-head", $"A head must cover at most 2 entries, but {from} were asked for.");

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] lines;
        lock (_lock)
        {
            lines = [.. _lines.Skip((int)from)];
        }
        foreach (string line in lines)
        {
            await Task.Yield();
            yield return Encoding.UTF8.GetBytes(line);
        }
    }

    public void AddLine(string line)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _lines.Add(line);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        changed.SetResult();
    }

    public RunStatus Status() => new()
    {
        Run = "trial", Name = "trial", Seed = 1, Phase = RunPhase.Training, Reason = "Training.", Started = DateTimeOffset.UnixEpoch, Now = DateTimeOffset.UnixEpoch, Arms =
        [
            new() { Name = "fedavg", Completed = 3, Rounds = 5, Parameters = 10, BytesUp = 400, BytesDown = 800, Updates = 1, Asked = 2, Results = [new() { Round = 3, Metrics = new Dictionary<string, double?>(), Bytes = 1, Seconds = 2 }] },
        ],
        Sites = [new() { Name = "north", Activity = SiteActivity.Training, Updates = 1, Rejected = 0, EnergyJoules = 0 }],
        Rejections = [], Rejected = Rejections.Count, Ledger = new() { Size = _lines.Count, Fingerprint = "sha256:00" },
    };

    public Task ChangedAsync(long size, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _lines.Count > size ? Task.CompletedTask : _changed.Task.WaitAsync(cancellation);
        }
    }

    public Task AbortAsync(string reason, CancellationToken cancellation)
    {
        Aborted = reason;
        return Task.CompletedTask;
    }

    private Task Take(object message)
    {
        Messages.Enqueue(message);
        return Task.CompletedTask;
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Connection;

/// <summary>A site's connection to its coordinator: every request of the protocol, made again until there is an answer.</summary>
/// <remarks>
/// Any number of threads may call. A request that the coordinator refuses for good throws <see cref="CoordinatorRefusedException"/>; an answer that is none,
/// <see cref="ProtocolException"/>; anything else is tried again, without end.
/// </remarks>
public sealed class CoordinatorConnection : IDisposable
{
    private const int MaximumAnswerBytes = 16 << 20;

    /// <summary>That the coordinator holds <c>/v1/work</c> open.</summary>
    private static readonly TimeSpan PollTime = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly IAuditLog _audit;
    private readonly TimeProvider _time;
    private readonly Persistence _persistence;
    private readonly BodyTransfer _bodies;
    private readonly Uri _url;
    private readonly string? _secret;

    internal CoordinatorConnection(Uri url, HttpMessageHandler handler, string? secret, IAuditLog audit, Persistence persistence, TimeProvider time)
    {
        (_url, _secret, _audit, _persistence, _time) = (url, secret, audit, persistence, time);
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaximumAnswerBytes };
        _bodies = new(_client, (method, path) => Request(HttpTransport.Body(method, new Uri(_url, path))), audit, time);
    }

    /// <param name="isFirst">Whether a wrong certificate ends it all. Later it is a fault of the way there, such as a gateway that wants a password: nothing is sent until it is gone.</param>
    internal static CoordinatorConnection Open(
        Uri url, PinnedAuthority authority, X509Certificate2? own, string? secret, bool isFirst, IAuditLog audit, Persistence persistence, TimeProvider time)
    {
        string? mistrust = null;
        SocketsHttpHandler handler = HttpTransport.Handler(url.IdnHost.Trim('[', ']'), authority, own, reason => mistrust = reason);
        return new(url, new TrustHandler(handler, () => mistrust, isFirst), secret, audit, persistence, time);
    }

    /// <summary>What the site is invited to, or takes part in.</summary>
    public Task<RunDescription> DescribeAsync(CancellationToken cancellation) => GetAsync(ProtocolPath.Run, ProtocolJson.Default.RunDescription, HttpTransport.MessageTime, cancellation);

    public Task<EnrolmentReply> EnrolAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation) =>
        PostAsync(ProtocolPath.Enrolments, request, ProtocolJson.Default.EnrolmentReply, cancellation);

    /// <summary>Waits until there is something to do, or for half a minute.</summary>
    public Task<Experiments.Protocol.Work> NextWorkAsync(CancellationToken cancellation) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"{ProtocolPath.Work}?wait={PollTime.TotalSeconds:0}"), ProtocolJson.Default.Work, PollTime + HttpTransport.MessageTime, cancellation);

    public Task PrepareAsync(PreparationMessage message, CancellationToken cancellation) => PostAsync(ProtocolPath.Preparations, message, ProtocolJson.Default.PreparationMessage, cancellation);

    public Task<UpdateReply> UpdateAsync(UpdateMessage message, CancellationToken cancellation) =>
        PostAsync(ProtocolPath.Updates, JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.UpdateMessage), ProtocolJson.Default.UpdateReply, cancellation);

    public Task FailAsync(FailureMessage message, CancellationToken cancellation) => PostAsync(ProtocolPath.Failures, message, ProtocolJson.Default.FailureMessage, cancellation);

    public Task EvaluateAsync(EvaluationMessage message, CancellationToken cancellation) => PostAsync(ProtocolPath.Evaluations, message, ProtocolJson.Default.EvaluationMessage, cancellation);

    public Task ReadAsync(ReadingMessage message, CancellationToken cancellation) => PostAsync(ProtocolPath.Readings, message, ProtocolJson.Default.ReadingMessage, cancellation);

    /// <summary>The newest tree head and the proof that it goes on from the first <paramref name="from"/> entries.</summary>
    public Task<HeadReply> HeadAsync(long from, CancellationToken cancellation) => GetAsync(
        string.Create(CultureInfo.InvariantCulture, $"{ProtocolPath.Head}?from={from}"), ProtocolJson.Default.HeadReply, HttpTransport.MessageTime, cancellation);

    /// <summary>A sign of life; made once, since the next is soon due.</summary>
    /// <returns>Whether it arrived.</returns>
    public async Task<bool> ProgressAsync(ProgressMessage message, CancellationToken cancellation)
    {
        try
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ProgressMessage);
            await OnceAsync(HttpMethod.Post, ProtocolPath.Progress, json, HttpTransport.MessageTime, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && (Persistence.IsTransient(e) || e is CoordinatorRefusedException))
        {
            return false;
        }
    }

    /// <summary>Brings a body to <paramref name="path"/>, going on from what is there of it, and checks it.</summary>
    /// <param name="path">Holds the whole afterwards; what has come so far stands beside it, with <c>.part</c> at the end.</param>
    /// <exception cref="ProtocolException">The coordinator sent something else than the body of this hash.</exception>
    public Task DownloadAsync(Digest body, long? bytes, string path, CancellationToken cancellation) =>
        _persistence.TryAsync(async _ => await _bodies.DownloadAsync(body, bytes, path, cancellation).ConfigureAwait(false), cancellation);

    /// <summary>Takes a file to the coordinator, going on from what it has of it.</summary>
    /// <param name="mayBeThere">Whether some of it was sent before, as after a restart.</param>
    public Task UploadAsync(Digest body, string path, bool mayBeThere, CancellationToken cancellation) =>
        _persistence.TryAsync(async failures => await _bodies.UploadAsync(body, path, mayBeThere || failures > 0, cancellation).ConfigureAwait(false), cancellation);

    public void Dispose() => _client.Dispose();

    private Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, TimeSpan time, CancellationToken cancellation) =>
        _persistence.TryAsync(async _ => Read(HttpMethod.Get, path, await OnceAsync(HttpMethod.Get, path, null, time, cancellation).ConfigureAwait(false), answer), cancellation);

    private Task<TAnswer> PostAsync<TAnswer>(string path, ReadOnlyMemory<byte> json, JsonTypeInfo<TAnswer> answer, CancellationToken cancellation) =>
        _persistence.TryAsync(async _ => Read(HttpMethod.Post, path, await OnceAsync(HttpMethod.Post, path, json, HttpTransport.MessageTime, cancellation).ConfigureAwait(false), answer), cancellation);

    private Task<byte[]> PostAsync<T>(string path, T message, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(message, type);
        return _persistence.TryAsync(_ => OnceAsync(HttpMethod.Post, path, json, HttpTransport.MessageTime, cancellation), cancellation);
    }

    /// <summary>One attempt.</summary>
    /// <exception cref="TransientException">It may be made again.</exception>
    private async Task<byte[]> OnceAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? json, TimeSpan limit, CancellationToken cancellation)
    {
        using HttpRequestMessage request = Request(HttpTransport.Message(method, new Uri(_url, path)));
        if (json is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }
        _audit.Sends(method.Method, path, json);
        using CancellationTokenSource clock = new(limit, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellation);
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token).ConfigureAwait(false);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
        if ((int)response.StatusCode >= 400)
        {
            throw Refusal.Of(method, path, response, answer);
        }
        return answer;
    }

    private HttpRequestMessage Request(HttpRequestMessage request)
    {
        if (_secret is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _secret);
        }
        return request;
    }

    private static T Read<T>(HttpMethod method, string path, byte[] answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new ProtocolException($"The coordinator's answer to {method} {path} must be of the form that the protocol gives it, but is not: {e.Message} Its version may be another: compare `atoll --version`.", e);
        }
    }
}

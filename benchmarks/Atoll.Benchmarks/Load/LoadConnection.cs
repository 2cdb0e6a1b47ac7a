using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Benchmarks.Load;

/// <summary>A site's own connections, as <c>atoll join</c> has them: messages by HTTP/2, bodies by HTTP/1.1 beside them. What may be sent again is, after a pause.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int PieceBytes = 128 << 10, MostTries = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static int _again;

    private readonly HttpClient _client;
    private readonly JoinToken _token;
    private readonly bool _showsToken;

    /// <param name="certificate">Null before there is one; then the token's secret is shown.</param>
    public LoadConnection(JoinToken token, LoadAuthority authority, X509Certificate2? certificate)
    {
        (_token, _showsToken) = (token, certificate is null);
        SocketsHttpHandler handler = new() { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => authority.Believes(shown);
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>How many requests of this process had to be made again.</summary>
    public static int Again => Volatile.Read(ref _again);

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        Read(await AskAsync(() => Message(HttpMethod.Get, path), cancellation), type);

    public Task<byte[]> PostAsync<T>(string path, T message, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(message, type);
        return AskAsync(() =>
        {
            HttpRequestMessage request = Message(HttpMethod.Post, path);
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return request;
        }, cancellation);
    }

    public async Task<TAnswer> PostAsync<T, TAnswer>(string path, T message, JsonTypeInfo<T> type, JsonTypeInfo<TAnswer> answer, CancellationToken cancellation) =>
        Read(await PostAsync(path, message, type, cancellation), answer);

    public Task PutAsync(string path, Func<HttpContent> content, CancellationToken cancellation) => AskAsync(() =>
    {
        HttpRequestMessage request = Body(HttpMethod.Put, path);
        request.Content = content();
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.ExpectContinue = true; // as the client does with bodies of more than a mebibyte
        return request;
    }, cancellation);

    /// <summary>Fetches a model, takes its hash, and keeps the first <paramref name="keep"/> bytes of it only.</summary>
    public Task<byte[]> FetchAsync(Digest model, int keep, CancellationToken cancellation) => AskAsync(() => Body(HttpMethod.Get, $"{ProtocolPath.Models}/{model}"), async (response, ended) =>
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using MemoryStream kept = new();
            await using Stream body = await response.Content.ReadAsStreamAsync(ended);
            for (int read; (read = await body.ReadAsync(piece, ended)) > 0;)
            {
                hash.AppendData(piece.AsSpan(0, read));
                kept.Write(piece.AsSpan(0, (int)Math.Min(read, keep - kept.Length)));
            }
            Require.That(new Digest(hash.GetHashAndReset()) == model, $"The model {model} must have that hash, but what came has another.");
            return kept.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }, cancellation);

    public void Dispose() => _client.Dispose();

    private Task<byte[]> AskAsync(Func<HttpRequestMessage> make, CancellationToken cancellation) =>
        AskAsync(make, (response, ended) => response.Content.ReadAsByteArrayAsync(ended), cancellation);

    private async Task<byte[]> AskAsync(Func<HttpRequestMessage> make, Func<HttpResponseMessage, CancellationToken, Task<byte[]>> read, CancellationToken cancellation)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                using HttpRequestMessage request = make();
                using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                if (response.IsSuccessStatusCode)
                {
                    return await read(response, cancellation);
                }
                string problem = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellation));
                Require.That(response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && tries < MostTries,
                    $"{request.Method} {request.RequestUri} of {_token.Site} must be answered, but got {(int)response.StatusCode}: {problem}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException && tries < MostTries && !cancellation.IsCancellationRequested)
            {
                // The connection broke: again.
            }
            Interlocked.Increment(ref _again);
            await Task.Delay(Pause * (0.5 + Random.Shared.NextDouble()), cancellation);
        }
    }

    private HttpRequestMessage Message(HttpMethod method, string path)
    {
        HttpRequestMessage request = new(method, new Uri(_token.Url, path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Authorization = _showsToken ? new AuthenticationHeaderValue("Bearer", _token.Secret) : null;
        return request;
    }

    private HttpRequestMessage Body(HttpMethod method, string path) => new(method, new Uri(_token.Url, path)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static T Read<T>(byte[] json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type) ?? throw new InvalidOperationException("An answer must be something, but is null.");
}

using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Connection;

/// <summary>Single attempts at moving bodies, each of which goes on where the one before broke off.</summary>
internal sealed class BodyTransfer(HttpClient client, Func<HttpMethod, string, HttpRequestMessage> newRequest, IAuditLog audit, TimeProvider time)
{
    public const string OffsetHeader = "Upload-Offset";

    private const int PieceBytes = 128 << 10;

    /// <summary>Larger bodies are sent only once the coordinator has said that it takes them.</summary>
    private const long AskBeforeBytes = 1 << 20;

    /// <summary>A refusal's JSON; more is not read.</summary>
    private const int MaximumProblemBytes = 64 << 10;

    /// <returns>True; without something to return there is nothing to wait for.</returns>
    /// <param name="bytes">Null where nobody said how many there are.</param>
    public async Task<bool> DownloadAsync(Digest body, long? bytes, string path, CancellationToken cancellation)
    {
        string part = path + WholeFile.PartSuffix, at = $"{ProtocolPath.Models}/{body}";
        long have = new FileInfo(part) is { Exists: true } begun ? begun.Length : 0;
        if (have > bytes)
        {
            File.Delete(part);
            have = 0;
        }
        bool resumes = have > 0;
        Digest? received = null;
        if (resumes && bytes is null && Hash(part) == body) // it broke off after its last byte
        {
            received = body;
        }
        else if (have != bytes)
        {
            using HttpRequestMessage request = newRequest(HttpMethod.Get, at);
            if (resumes)
            {
                request.Headers.Range = new RangeHeaderValue(have, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{body}\""));
            }
            audit.Sends("GET", at, null);
            using Standstill standstill = new(time, cancellation);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, standstill.Token).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                File.Delete(part);
                throw new TransientException($"what is there of the model {body} is not a part of it; it is fetched again from its beginning");
            }
            await RequireTakenAsync(HttpMethod.Get, at, response, standstill.Token).ConfigureAwait(false);
            resumes = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
            received = await ReceiveAsync(response, part, resumes ? have : 0, bytes, standstill).ConfigureAwait(false);
        }
        Digest actual = received ?? Hash(part);
        if (actual == body)
        {
            File.Move(part, path, overwrite: true);
            return true;
        }
        File.Delete(part);
        string said = $"The model {body} must have that SHA-256, but what the coordinator sent has {actual}";
        throw resumes ? new TransientException(said + "; it is fetched again from its beginning") : new ProtocolException(said + ". It was not used.");
    }

    public async Task<bool> UploadAsync(Digest body, string path, bool mayBeThere, CancellationToken cancellation)
    {
        string at = $"{ProtocolPath.Uploads}/{body}";
        long total = new FileInfo(path).Length, offset = mayBeThere ? await OffsetAsync(at, cancellation).ConfigureAwait(false) : 0;
        while (offset < total)
        {
            using HttpRequestMessage request = newRequest(HttpMethod.Put, at);
            using Standstill standstill = new(time, cancellation);
            request.Content = new FilePiece(path, offset, total - offset, standstill.Moved);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentRange = new ContentRangeHeaderValue(offset, total - 1, total);
            request.Headers.ExpectContinue = total - offset > AskBeforeBytes;
            audit.SendsBody(at, offset, total - offset);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, standstill.Token).ConfigureAwait(false);
            await RequireTakenAsync(HttpMethod.Put, at, response, standstill.Token).ConfigureAwait(false);
            long now = response.StatusCode == HttpStatusCode.Created ? total : OffsetOf(response) ?? total;
            offset = now > offset ? now : throw new TransientException($"it takes nothing of the update beyond {offset} bytes");
        }
        return true;
    }

    private async Task<long> OffsetAsync(string at, CancellationToken cancellation)
    {
        using HttpRequestMessage request = newRequest(HttpMethod.Head, at);
        using Standstill standstill = new(time, cancellation);
        audit.Sends("HEAD", at, null);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, standstill.Token).ConfigureAwait(false);
        await RequireTakenAsync(HttpMethod.Head, at, response, standstill.Token).ConfigureAwait(false);
        return OffsetOf(response) ?? 0;
    }

    private static long? OffsetOf(HttpResponseMessage response) => response.Headers.TryGetValues(OffsetHeader, out IEnumerable<string>? values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out long offset) ? offset : null;

    /// <summary>Keeps every byte that comes, so that a break costs none of them.</summary>
    /// <returns>The SHA-256 of the whole; null where only its end was received.</returns>
    private static async Task<Digest?> ReceiveAsync(HttpResponseMessage response, string part, long from, long? bytes, Standstill standstill)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            await using Stream source = await response.Content.ReadAsStreamAsync(standstill.Token).ConfigureAwait(false);
            using IncrementalHash? hash = from == 0 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
            using FileStream file = new(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            if (file.Length != from) // a file that was cut is written to disk as soon as it is closed, and a model is kept for a few rounds only
            {
                file.SetLength(from);
            }
            file.Seek(from, SeekOrigin.Begin);
            for (int read; (read = await source.ReadAsync(piece, standstill.Token).ConfigureAwait(false)) > 0; standstill.Moved())
            {
                from += read;
                if (from > bytes)
                {
                    throw new ProtocolException($"A model must have the {bytes} bytes that were announced, but the coordinator sends more.");
                }
                file.Write(piece.AsSpan(0, read));
                hash?.AppendData(piece.AsSpan(0, read));
            }
            return from < bytes ? throw new TransientException($"it sent {from} of the model's {bytes} bytes")
                : hash is null ? null : new Digest(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task RequireTakenAsync(HttpMethod method, string at, HttpResponseMessage response, CancellationToken cancellation)
    {
        if ((int)response.StatusCode < 400)
        {
            return;
        }
        byte[] problem = new byte[MaximumProblemBytes];
        await using Stream said = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        int read = await said.ReadAtLeastAsync(problem, problem.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        throw Refusal.Of(method, at, response, problem.AsSpan(0, read));
    }

    private static Digest Hash(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return new(SHA256.HashData(file));
    }
}

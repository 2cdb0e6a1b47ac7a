using System.Text;
using System.Text.Json;

namespace Atoll.Footprint.Grids.Live;

/// <summary>What one request came to: a body, or what went wrong, to end a sentence that begins with the service's name.</summary>
/// <param name="MayPass">Whether the same request may succeed a little later.</param>
/// <param name="RetryAfter">How long the service asks to wait.</param>
internal sealed record Reply(string? Body, LiveFault Fault, string Problem, bool MayPass, TimeSpan? RetryAfter = null, Exception? Cause = null)
{
    /// <param name="within">The longest wait for the answer.</param>
    public static async Task<Reply> Of(HttpClient http, LiveService service, Question question, LiveLimits limits, TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, question.Address);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("atoll");
        try
        {
            question.Authorize(request);
        }
        catch (FormatException e)
        {
            // A token is what the service says: a line break in it would begin another header.
            return new(null, LiveFault.NotUnderstood, "must be asked with a key or token that a header can carry: without line breaks", MayPass: false, Cause: e);
        }
        using CancellationTokenSource timeout = new(within, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (response.RequestMessage?.RequestUri is { } at && at != question.Address)
            {
                return Elsewhere(at.ToString());
            }
            string? body = await BodyOf(response, limits.MaximumBytes, either.Token).ConfigureAwait(false);
            return body is null
                ? new(null, LiveFault.NotUnderstood, $"must answer with at most {limits.MaximumBytes} bytes, but sends more", MayPass: false)
                : Judge(response, Withheld(body, request), time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(null, LiveFault.Slow, $"did not answer within {TraceGaps.Duration(within)}", MayPass: true);
        }
        catch (InvalidDataException e)
        {
            return new(null, LiveFault.NotUnderstood, $"must compress its answer as it says, but cannot be read: {e.Message.TrimEnd('.')}", MayPass: true, Cause: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(null, LiveFault.Down, $"cannot be reached at {question.Address.Host}: {e.Message.TrimEnd('.')}", MayPass: true, Cause: e);
        }
    }

    /// <summary>A service may repeat the key that it was sent: no message and no cache is to have it. (What is shorter than eight characters is no key, and may stand in any answer.)</summary>
    private static string Withheld(string body, HttpRequestMessage request)
    {
        IEnumerable<string> secrets = request.Headers.Where(h => h.Key is not ("Accept" or "User-Agent")).SelectMany(h => h.Value).Select(v => v.Split(' ')[^1]);
        return secrets.Where(s => s.Length >= 8).Aggregate(body, (text, secret) => text.Replace(secret, "…", StringComparison.Ordinal));
    }

    private static Reply Judge(HttpResponseMessage response, string body, DateTimeOffset now)
    {
        int code = (int)response.StatusCode;
        string said = Said(body) is { } words ? $"HTTP {code}: {LiveConnection.Excerpt(words)}" : $"HTTP {code}";
        return code switch
        {
            200 => new(body, default, "", MayPass: false),
            >= 300 and < 400 => Elsewhere(response.Headers.Location?.ToString() ?? "an address that it does not name"),
            401 or 403 => new(null, LiveFault.KeyRefused, $"does not take the key, or not for this ({said})", MayPass: false),
            429 => new(null, LiveFault.RateLimited, $"asks for fewer requests ({said})", MayPass: true, AskedWait(response, now)),
            408 => new(null, LiveFault.Slow, $"gave up waiting ({said})", MayPass: true),
            >= 500 => new(null, LiveFault.Down, $"has failed ({said})", MayPass: true, AskedWait(response, now)),
            _ => new(null, LiveFault.Refused, $"does not take the request ({said})", MayPass: false),
        };
    }

    private static Reply Elsewhere(string where) =>
        new(null, LiveFault.NotUnderstood, $"must answer itself, but sends on to {LiveConnection.Excerpt(where)}, where a key must not go", MayPass: false);

    private static TimeSpan? AskedWait(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>Null where there is more than that.</summary>
    private static async Task<string?> BodyOf(HttpResponseMessage response, int most, CancellationToken cancellation)
    {
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using MemoryStream body = new();
        byte[] buffer = new byte[16384];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
            {
                if (body.Length + read > most)
                {
                    return null;
                }
                body.Write(buffer, 0, read);
            }
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(e.Message, e); // what Brotli's decoder says of data that are none
        }
        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length);
    }

    /// <summary>The message in an error's body, in any of the services' forms.</summary>
    private static string? Said(string body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            JsonElement at = json.RootElement;
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty("error", out JsonElement error) && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
            {
                if (error.ValueKind == JsonValueKind.String && !at.TryGetProperty("message", out _))
                {
                    return error.GetString();
                }
                at = error.ValueKind == JsonValueKind.Object ? error : at;
            }
            return at.ValueKind == JsonValueKind.Object && at.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // half of a surrogate pair is no text
        {
            return body.Length == 0 ? null : body;
        }
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atoll.Footprint.Grids.Live;

/// <summary>Asks services over HTTP: in time, in moderation, and not twice for the same within minutes.</summary>
/// <param name="http">Should not follow redirects, which would take a key to wherever a service says: <see cref="Client"/> makes such a one.</param>
/// <param name="cache">Null: nothing is kept.</param>
/// <param name="random">For the waits between attempts, so that many clients do not come back at once; used under a lock.</param>
public sealed class LiveConnection(HttpClient http, AnswerCache? cache, TimeProvider time, LiveLimits limits, Random random)
{
    private readonly Lock _lock = new();

    internal TimeProvider Time => time;

    internal LiveLimits Limits => limits;

    /// <summary>One that follows no redirects, takes compressed answers and keeps no cookies.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    })
    { Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    /// <summary>A kept answer while it is fresh, else a new one, else a kept one that is not too old.</summary>
    /// <param name="read">From an answer and the time it was fetched at. Throws <see cref="LiveGridException"/> for one that is not what it must be.</param>
    internal async Task<Told<T>> AskAsync<T>(LiveService service, Question question, Func<JsonElement, DateTimeOffset, T> read, CancellationToken cancellation)
    {
        string? key = question.Key is null ? null : $"{service} {question.Key}";
        Answer? kept = key is null ? null : cache?.Read(key);
        DateTimeOffset now = time.GetUtcNow();
        if (kept is not null && now >= kept.Fetched && now - kept.Fetched <= question.FreshFor && TryRead(service, kept, read, out Told<T>? fresh))
        {
            return fresh!;
        }
        try
        {
            string body = await FetchAsync(service, question, cancellation).ConfigureAwait(false);
            DateTimeOffset fetched = time.GetUtcNow();
            T value = Read(service, body, fetched, read);
            if (key is not null)
            {
                cache?.Write(new(key, fetched, body));
            }
            return new(value, fetched, null);
        }
        catch (LiveGridException e) when (e.Fault is not (LiveFault.KeyMissing or LiveFault.KeyRefused or LiveFault.Refused))
        {
            TimeSpan age = kept is null ? TimeSpan.MaxValue : now - kept.Fetched;
            if (age >= TimeSpan.Zero && age <= limits.MaximumKeptAge && TryRead(service, kept!, read, out Told<T>? old))
            {
                return old! with { Note = $"{e.Message} Its answer of {TraceGaps.Duration(TimeSpan.FromSeconds(Math.Round(age.TotalSeconds)))} before was used." };
            }
            throw;
        }
    }

    private async Task<string> FetchAsync(LiveService service, Question question, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan left = limits.Patience - time.GetElapsedTime(start);
            Reply reply = await Reply.Of(http, service, question, limits, left < limits.Timeout ? left : limits.Timeout, time, cancellation).ConfigureAwait(false);
            if (reply.Body is { } body)
            {
                return body;
            }
            TimeSpan wait = reply.RetryAfter ?? Delay(attempt), spent = time.GetElapsedTime(start);
            if (!reply.MayPass || attempt >= limits.Attempts || spent + wait >= limits.Patience)
            {
                string asked = reply.RetryAfter is { } after ? $" It asks to wait for {TraceGaps.Duration(after)}." : "";
                string tries = attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $" ({attempt} attempts)") : "";
                throw new LiveGridException(reply.Fault, $"{service.Title()} {reply.Problem}{tries}.{asked}", reply.Cause);
            }
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    private TimeSpan Delay(int attempt)
    {
        lock (_lock)
        {
            return limits.FirstDelay * Math.Pow(2, attempt - 1) * (0.5 + random.NextDouble());
        }
    }

    private static bool TryRead<T>(LiveService service, Answer kept, Func<JsonElement, DateTimeOffset, T> read, out Told<T>? told)
    {
        try
        {
            told = new(Read(service, kept.Body, kept.Fetched, read), kept.Fetched, null);
            return true;
        }
        catch (LiveGridException)
        {
            told = null; // as if it had not been kept: the service is asked anew
            return false;
        }
    }

    private static T Read<T>(LiveService service, string body, DateTimeOffset fetched, Func<JsonElement, DateTimeOffset, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            return read(json.RootElement, fetched);
        }
        catch (InvalidOperationException e)
        {
            // JSON can write half of a surrogate pair, which is no text.
            throw new LiveGridException(LiveFault.NotUnderstood, $"{service.Title()} must answer with text that is whole Unicode, but did not: {Excerpt(body)}.", e);
        }
        catch (JsonException e)
        {
            bool isPage = body.AsSpan().TrimStart() is ['<', ..];
            throw new LiveGridException(LiveFault.NotUnderstood, isPage
                ? $"{service.Title()} must answer with JSON, but answered with a web page: {Excerpt(body)}."
                : $"{service.Title()} must answer with whole JSON, but its answer of {body.Length} characters ends or breaks at line {e.LineNumber + 1}.", e);
        }
    }

    /// <summary>The beginning, without what would steer a terminal.</summary>
    internal static string Excerpt(string text)
    {
        StringBuilder line = new();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, 160)))
        {
            line.Append(char.IsControl(c) ? ' ' : c);
        }
        return $"\"{line.ToString().Trim()}{(text.Length > 160 ? "…" : "")}\"";
    }
}

using System.Net;
using System.Text.Json;
using Atoll.Experiments.Protocol;

namespace Atoll.Client.Live.Connection;

/// <summary>What an answer of 400 and above means.</summary>
internal static class Refusal
{
    /// <summary>Whether asking again may help, whatever the reason.</summary>
    public static bool IsTransient(HttpStatusCode status) => (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestedRangeNotSatisfiable;

    /// <returns>A <see cref="TransientException"/> where asking again may help, else a <see cref="CoordinatorRefusedException"/>.</returns>
    public static Exception Of(HttpMethod method, string path, HttpResponseMessage response, ReadOnlySpan<byte> answer)
    {
        ProtocolProblem? problem = Problem(answer);
        string said = problem?.Message ?? $"{method} {path} was answered with {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        return IsTransient(response.StatusCode) || problem?.Code is "wrong-offset" or "wrong-hash" or "truncated" or "busy" ? new TransientException(said, After(response))
            : new CoordinatorRefusedException(response.StatusCode, problem?.Code ?? $"http-{(int)response.StatusCode}", said);
    }

    private static TimeSpan? After(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static ProtocolProblem? Problem(ReadOnlySpan<byte> answer)
    {
        try
        {
            return answer.IsEmpty ? null : JsonSerializer.Deserialize(answer, ProtocolJson.Default.ProtocolProblem);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Net.Sockets;

namespace Atoll.Client.Live.Connection;

/// <summary>Makes a request again until it succeeds, is refused, or is cancelled. Says once that it fails, and once that it works again.</summary>
/// <param name="random">Draws the waiting times.</param>
/// <param name="tell">Takes a sentence for the operator.</param>
internal sealed class Persistence(Backoff backoff, Random random, TimeProvider time, Action<string> tell)
{
    private readonly Lock _lock = new();
    private string? _told;
    private bool _isLocal;

    /// <summary>Runs <paramref name="attempt"/>, which is told how many have failed before it.</summary>
    public async Task<T> TryAsync<T>(Func<int, Task<T>> attempt, CancellationToken cancellation)
    {
        for (int failures = 0; ; failures++)
        {
            TimeSpan wait;
            try
            {
                T result = await attempt(failures).ConfigureAwait(false);
                Works();
                return result;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && IsTransient(e))
            {
                Fails(Reason(e), IsLocal(e));
                lock (_lock)
                {
                    wait = backoff.Wait(failures, random);
                }
                wait = e is TransientException { After: var after } && after > wait ? after : wait;
            }
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A request that is cancelled although nobody asked for it has run out of time.</summary>
    public static bool IsTransient(Exception e) => e is not SiteFolderException && e is TransientException or HttpRequestException or IOException or SocketException or TimeoutException or OperationCanceledException;

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => "it did not answer in time",
        HttpRequestException { InnerException: { } inner } => inner.Message.TrimEnd('.'),
        _ => e.Message.TrimEnd('.'),
    };

    /// <summary>Of a file: these carry the system's number (28: no space left), those of connections do not.</summary>
    private static bool IsLocal(Exception e) => e is IOException and not HttpIOException && e.HResult != unchecked((int)0x80131620);

    private void Fails(string reason, bool isLocal)
    {
        lock (_lock)
        {
            if (_told == reason)
            {
                return;
            }
            (_told, _isLocal) = (reason, isLocal);
        }
        tell(isLocal ? $"This machine does not let the site go on ({reason}); trying again until it does." : $"The coordinator cannot be reached ({reason}); trying again until it can.");
    }

    private void Works()
    {
        lock (_lock)
        {
            if (_told is null)
            {
                return;
            }
            _told = null;
        }
        tell(_isLocal ? "The site goes on." : "The coordinator answers again.");
    }
}

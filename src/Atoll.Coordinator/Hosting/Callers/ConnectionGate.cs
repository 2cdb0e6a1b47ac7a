using Atoll.Coordinator.Hosting.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>
/// Keeps connections of strangers few. Sites that proved who they are stay; of those who did not, the one that came first goes when there are too many. So however
/// many connections say nothing, the next site still gets in. Of one site only so many stay, so that none can take the place of all others.
/// </summary>
internal sealed class ConnectionGate(int strangers, int bySite, HostMetrics metrics)
{
    private readonly LinkedList<ConnectionContext> _strangers = [];
    private readonly Dictionary<string, LinkedList<ConnectionContext>> _sites = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _known;

    /// <summary>Completes when no connection is open whose other end proved who it is.</summary>
    public async Task AllGoneAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_known == 0)
                {
                    return;
                }
                changed = _gone.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    public async Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        ConnectionNotes notes = new(connection);
        ConnectionContext? oldest = null;
        lock (_lock)
        {
            _strangers.AddLast(notes.Stranger);
            if (_strangers.Count > strangers)
            {
                oldest = _strangers.First!.Value;
                _strangers.RemoveFirst();
            }
        }
        if (oldest is not null)
        {
            metrics.Refused("too-many-connections");
            oldest.Abort(new ConnectionAbortedException("Too many connections that did not say who they are: the oldest was closed."));
        }
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(notes);
        }
    }

    /// <summary>The connection's other end proved who it is.</summary>
    /// <param name="site">Null where that is no site.</param>
    public void Know(HttpContext context, string? site)
    {
        if (ConnectionNotes.Of(context) is not { } notes)
        {
            return;
        }
        ConnectionContext? oldest = null;
        lock (_lock)
        {
            if (notes.Stranger.List is not null)
            {
                _strangers.Remove(notes.Stranger);
                _known++;
                notes.IsKnown = true;
                notes.OfSite = site is null ? null : Join(site, notes.Stranger.Value, out oldest);
            }
        }
        if (oldest is not null)
        {
            metrics.Refused("too-many-connections");
            oldest.Abort(new ConnectionAbortedException("Too many connections of one site: the oldest was closed."));
        }
    }

    private LinkedListNode<ConnectionContext> Join(string site, ConnectionContext connection, out ConnectionContext? oldest)
    {
        if (!_sites.TryGetValue(site, out LinkedList<ConnectionContext>? open))
        {
            _sites[site] = open = [];
        }
        LinkedListNode<ConnectionContext> mine = open.AddLast(connection);
        oldest = open.Count > bySite ? open.First!.Value : null;
        if (oldest is not null)
        {
            open.RemoveFirst();
        }
        return mine;
    }

    private void Leave(ConnectionNotes notes)
    {
        TaskCompletionSource? gone = null;
        lock (_lock)
        {
            notes.Stranger.List?.Remove(notes.Stranger);
            notes.OfSite?.List?.Remove(notes.OfSite);
            if (notes.IsKnown && --_known == 0)
            {
                (gone, _gone) = (_gone, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
        }
        gone?.SetResult();
    }
}

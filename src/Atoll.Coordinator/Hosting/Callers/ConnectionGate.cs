using Atoll.Coordinator.Hosting.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>
/// Keeps connections of strangers few. Sites that proved who they are stay; of those who did not, the one that came first goes when there are too many. So however
/// many connections say nothing, the next site still gets in. Of one site only so many stay, so that none can take the place of all others.
/// </summary>
internal sealed class ConnectionGate(int strangers, int bySite, HostMetrics metrics)
{
    private static readonly object Key = new();

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
        LinkedListNode<ConnectionContext> node = new(connection);
        ConnectionContext? oldest = null;
        lock (_lock)
        {
            _strangers.AddLast(node);
            if (_strangers.Count > strangers)
            {
                oldest = _strangers.First!.Value;
                _strangers.RemoveFirst();
            }
        }
        connection.Items[Key] = node;
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
            Leave(connection, node);
        }
    }

    /// <summary>The connection's other end proved who it is.</summary>
    /// <param name="site">Null where that is no site.</param>
    public void Know(HttpContext context, string? site)
    {
        ConnectionContext? oldest = null;
        IDictionary<object, object?>? items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items?.TryGetValue(Key, out object? node) == true && node is LinkedListNode<ConnectionContext> stranger)
        {
            lock (_lock)
            {
                if (stranger.List is not null)
                {
                    _strangers.Remove(stranger);
                    _known++;
                    items[Key] = site is null ? null : Join(site, stranger.Value, out oldest);
                }
            }
        }
        if (oldest is not null)
        {
            metrics.Refused("too-many-connections");
            oldest.Abort(new ConnectionAbortedException("Too many connections of one site: the oldest was closed."));
        }
    }

    private SiteConnection Join(string site, ConnectionContext connection, out ConnectionContext? oldest)
    {
        if (!_sites.TryGetValue(site, out LinkedList<ConnectionContext>? open))
        {
            _sites[site] = open = [];
        }
        SiteConnection mine = new(open, open.AddLast(connection));
        oldest = open.Count > bySite ? open.First!.Value : null;
        if (oldest is not null)
        {
            open.RemoveFirst();
        }
        return mine;
    }

    private void Leave(ConnectionContext connection, LinkedListNode<ConnectionContext> node)
    {
        TaskCompletionSource? gone = null;
        lock (_lock)
        {
            if (node.List is not null)
            {
                _strangers.Remove(node);
            }
            else if (connection.Items[Key] is var known && !ReferenceEquals(known, node))
            {
                (known as SiteConnection)?.Leave();
                if (--_known == 0)
                {
                    (gone, _gone) = (_gone, new(TaskCreationOptions.RunContinuationsAsynchronously));
                }
            }
        }
        gone?.SetResult();
    }

    /// <summary>A connection of a site, among all of its own.</summary>
    private sealed record SiteConnection(LinkedList<ConnectionContext> Open, LinkedListNode<ConnectionContext> Node)
    {
        public void Leave()
        {
            if (Node.List is not null)
            {
                Open.Remove(Node);
            }
        }
    }
}

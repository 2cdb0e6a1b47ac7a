using Atoll.Coordinator.Hosting.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>
/// Keeps connections of strangers few. Sites that proved who they are stay; of those who did not, the one that came first goes when there are too many. So however
/// many connections say nothing, the next site still gets in.
/// </summary>
internal sealed class ConnectionGate(int strangers, HostMetrics metrics)
{
    private static readonly object Key = new();

    private readonly LinkedList<ConnectionContext> _strangers = [];
    private readonly Lock _lock = new();

    public int Strangers
    {
        get
        {
            lock (_lock)
            {
                return _strangers.Count;
            }
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
            Forget(node);
        }
    }

    /// <summary>The connection's other end proved who it is.</summary>
    public void Know(HttpContext context)
    {
        if (context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(Key, out object? node) == true)
        {
            Forget((LinkedListNode<ConnectionContext>)node!);
        }
    }

    private void Forget(LinkedListNode<ConnectionContext> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                _strangers.Remove(node);
            }
        }
    }
}

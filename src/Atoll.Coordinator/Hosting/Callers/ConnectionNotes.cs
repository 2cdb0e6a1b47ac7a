using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Callers;

/// <summary>What is known of one connection. It is there before the first request: many may come at once, and a connection's items bear no writing beside reading.</summary>
internal sealed class ConnectionNotes
{
    private static readonly object Key = new();

    private volatile ShownCertificate? _certificate;

    /// <param name="connection">Of which no request has been read yet.</param>
    public ConnectionNotes(ConnectionContext connection)
    {
        Stranger = new(connection);
        connection.Items[Key] = this;
    }

    /// <summary>The connection among those whose other end has not proved who it is.</summary>
    public LinkedListNode<ConnectionContext> Stranger { get; }

    /// <summary>Whether it has. Under <see cref="ConnectionGate"/>'s lock.</summary>
    public bool IsKnown { get; set; }

    /// <summary>The connection among those of its site; null where that is none. Under <see cref="ConnectionGate"/>'s lock.</summary>
    public LinkedListNode<ConnectionContext>? OfSite { get; set; }

    /// <summary>Its certificate is looked at once, or by several requests at once that see the same.</summary>
    public ShownCertificate? Certificate
    {
        get => _certificate;
        set => _certificate = value;
    }

    /// <summary>Null where the request came over a connection of which nothing was noted.</summary>
    public static ConnectionNotes? Of(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(Key, out object? notes) == true ? (ConnectionNotes?)notes : null;
}

/// <summary>Who a client certificate says that it is; or why it is not believed.</summary>
internal sealed record ShownCertificate(string? Site, Ledger.Signing.PublicKey? Key, string? Refusal);

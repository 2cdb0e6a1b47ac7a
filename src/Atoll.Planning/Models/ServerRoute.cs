using Atoll.Planning.Sites;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Models;

/// <summary>The way of a site's clients to a server, over lines that are each client's own, the site's, or the server's.</summary>
internal sealed class ServerRoute
{
    private readonly (LinkInputs Link, bool IsUp, SharedBy By)[] _hops;

    /// <param name="route">From the site to the server; null: the server is at the site, and all is at hand.</param>
    public ServerRoute(SiteInputs site, Route? route)
    {
        Site = site;
        _hops = [.. (route?.Hops ?? []).Select(h => (h.Link, h.IsUp, h.Link.To is not null ? SharedBy.Site : h.Link.From.Name == site.Name ? SharedBy.Nobody : SharedBy.All))];
    }

    private enum SharedBy
    {
        /// <summary>Each client has a line of its own.</summary>
        Nobody,

        /// <summary>The clients of the site at work.</summary>
        Site,

        /// <summary>The clients of all sites at work.</summary>
        All,
    }

    public SiteInputs Site { get; }

    public IEnumerable<LinkInputs> Links => _hops.Select(h => h.Link);

    /// <summary>Null where the site cannot reach the server.</summary>
    /// <param name="server">A site, or null: somewhere on the internet.</param>
    public static ServerRoute? Between(Network network, SiteInputs site, SiteInputs? server) =>
        server is null ? network.OwnWay(site.Name) is { } own ? new(site, new(site, site, [new(own, true)])) : null
        : server.Name == site.Name ? new(site, null)
        : network.Between(site.Name, server.Name) is { } route ? new(site, route) : null;

    /// <summary>Seconds that a client takes to receive and to send, with the round trip.</summary>
    /// <param name="here">Clients of the site that are at it at the same time.</param>
    /// <param name="everywhere">Clients of all sites.</param>
    public double Seconds(ReadOnlySpan<double> x, double bitsUp, double bitsDown, double here, double everywhere)
    {
        double up = 0, down = 0, latency = 0;
        foreach ((LinkInputs link, bool isUp, SharedBy by) in _hops)
        {
            double sharers = Math.Max(1, by switch { SharedBy.Nobody => 1, SharedBy.Site => here, _ => everywhere });
            up = Math.Max(up, sharers / (isUp ? link.Up(x) : link.Down(x)));
            down = Math.Max(down, sharers / (isUp ? link.Down(x) : link.Up(x)));
            latency += link.Latency(x);
        }
        return AllReduce.ParameterServer(bitsUp, 1 / up, bitsDown, 1 / down, 2 * latency);
    }

    /// <summary>Adds what crosses each link.</summary>
    /// <param name="bitsUp">To the server, of all the site's clients.</param>
    public void Count(LinkTally tally, double bitsUp, double bitsDown)
    {
        foreach ((LinkInputs link, bool isUp, _) in _hops)
        {
            tally.Add(link, isUp ? bitsUp : bitsDown, isUp ? bitsDown : bitsUp);
        }
    }
}

namespace Atoll.Planning.Sites;

/// <summary>All links of a plan, and the ways over them.</summary>
internal sealed class Network
{
    private readonly IReadOnlyDictionary<string, SiteInputs> _sites;
    private readonly IReadOnlyList<LinkInputs> _links;
    private readonly IReadOnlyDictionary<string, LinkInputs> _ownWays;
    private readonly double[] _stated;

    // Plans can have thousands of sites: nothing below looks through all links for two of them.
    private readonly Dictionary<(string, string), LinkInputs> _between = [];
    private readonly Dictionary<string, List<string>> _neighbours = [];

    /// <param name="stated">Values as given, by which the widest of several trees is chosen.</param>
    public Network(IReadOnlyDictionary<string, SiteInputs> sites, IReadOnlyList<LinkInputs> links, IReadOnlyDictionary<string, LinkInputs> ownWays, double[] stated)
    {
        (_sites, _links, _ownWays, _stated) = (sites, links, ownWays, stated);
        foreach (LinkInputs link in links)
        {
            string from = link.From.Name, to = link.To!.Name;
            if (_between.TryAdd((from, to), link) & _between.TryAdd((to, from), link))
            {
                Near(from).Add(to);
                Near(to).Add(from);
            }
        }
    }

    /// <summary>Between two sites each.</summary>
    public IReadOnlyList<LinkInputs> Links => _links;

    /// <summary>What an arm has of it: its own view of the sites, and only the links that it goes over.</summary>
    /// <param name="over">Names of links; null for all.</param>
    public Network For(IReadOnlyDictionary<string, SiteInputs> seen, IReadOnlyList<string>? over) =>
        new(seen, over is null ? _links : [.. _links.Where(l => over.Contains(l.Line))], _ownWays, _stated);

    /// <summary>Two sites of these with more than one link between them; null where there are none.</summary>
    public (string From, string To)? Ambiguous(IReadOnlyCollection<string> names)
    {
        HashSet<string> among = [.. names];
        return _links.Where(l => among.Contains(l.From.Name) && among.Contains(l.To!.Name))
            .Select(l => (First: _between[(l.From.Name, l.To!.Name)], l.Line)).Where(l => l.First.Line != l.Line)
            .Select(l => ((string, string)?)(l.First.From.Name, l.First.To!.Name)).FirstOrDefault();
    }

    /// <summary>The site's own way out, where it has one: to a coordinator that is no site, or to the internet.</summary>
    public LinkInputs? OwnWay(string site) => _ownWays.GetValueOrDefault(site);

    /// <summary>The way from one site to another: the link that names both; else over the sites' own ways out, of which one is enough. Null where there is none.</summary>
    public Route? Between(string from, string to)
    {
        if (_between.TryGetValue((from, to), out LinkInputs? link))
        {
            return new(_sites[from], _sites[to], [new(link, link.From.Name == from)]);
        }
        LinkInputs? first = OwnWay(from), second = OwnWay(to);
        Hop[] hops = [.. first is null ? Enumerable.Empty<Hop>() : [new(first, true)], .. second is null ? Enumerable.Empty<Hop>() : [new(second, false)]];
        return hops.Length == 0 ? null : new(_sites[from], _sites[to], hops);
    }

    /// <summary>A ring in the given order where all neighbours are linked; else the spanning tree of the widest links (Prim 1957).</summary>
    /// <param name="names">Two sites or more, each once.</param>
    /// <param name="unreached">Where there is no topology: sites that cannot be reached from the first.</param>
    /// <returns>Null where the sites are not linked with each other.</returns>
    public Topology? Over(IReadOnlyList<string> names, out IReadOnlyList<string> unreached)
    {
        SiteInputs[] members = [.. names.Select(n => _sites[n])];
        Route?[] ring = [.. names.Select((n, i) => Between(n, names[(i + 1) % names.Count]))];
        unreached = [];
        if (names.Count == 2)
        {
            unreached = ring[0] is null ? [names[1]] : [];
            return ring[0] is null ? null : new(Shape.Pair, members, [ring[0]!]);
        }
        if (ring.All(r => r is not null))
        {
            return new(Shape.Ring, members, [.. ring.Select(r => r!)]);
        }
        Route[] tree = [.. WidestTree(names)];
        unreached = [.. names.Except(tree.Select(r => r.To.Name).Prepend(names[0]))];
        return unreached.Count == 0 ? new(Shape.Tree, members, tree) : null;
    }

    /// <summary>Of equally wide links that of the site that was reached first, and of its own the first in the given order.</summary>
    private IEnumerable<Route> WidestTree(IReadOnlyList<string> names)
    {
        Dictionary<string, int> place = names.Select((n, i) => (n, i)).ToDictionary(n => n.n, n => n.i);
        int[] outward = [.. place.Where(n => OwnWay(n.Key) is not null).Select(n => n.Value)];
        (Route? Route, double Width, int Order)[] best = new (Route?, double, int)[names.Count];
        bool[] reached = new bool[names.Count];
        for (int order = 0, at = 0; at >= 0; order++)
        {
            reached[at] = true;
            IEnumerable<int> near = OwnWay(names[at]) is not null ? Enumerable.Range(0, names.Count) : Near(names[at]).Where(place.ContainsKey).Select(n => place[n]).Concat(outward);
            foreach (int to in near.Where(to => !reached[to]))
            {
                Route route = Between(names[at], names[to])!;
                double width = Math.Min(route.Bandwidth(_stated), route.BandwidthBack(_stated));
                if (best[to].Route is null || width > best[to].Width)
                {
                    best[to] = (route, width, order);
                }
            }
            at = -1;
            for (int to = 0; to < names.Count; to++)
            {
                if (!reached[to] && best[to].Route is not null && (at < 0 || best[to].Width > best[at].Width || (best[to].Width == best[at].Width && best[to].Order < best[at].Order)))
                {
                    at = to;
                }
            }
            if (at >= 0)
            {
                yield return best[at].Route!;
            }
        }
    }

    private List<string> Near(string site) => _neighbours.TryGetValue(site, out List<string>? known) ? known : _neighbours[site] = [];
}

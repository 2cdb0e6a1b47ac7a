namespace Atoll.Planning.Sites;

/// <summary>All links of a plan, and the ways over them.</summary>
/// <param name="stated">Values as given, by which the widest of several trees is chosen.</param>
internal sealed class Network(IReadOnlyDictionary<string, SiteInputs> sites, IReadOnlyList<LinkInputs> links, IReadOnlyDictionary<string, LinkInputs> ownWays, double[] stated)
{
    /// <summary>Between two sites each.</summary>
    public IReadOnlyList<LinkInputs> Links => links;

    /// <summary>What an arm has of it: its own view of the sites, and only the links that it goes over.</summary>
    /// <param name="over">Names of links; null for all.</param>
    public Network For(IReadOnlyDictionary<string, SiteInputs> seen, IReadOnlyList<string>? over) =>
        new(seen, over is null ? links : [.. links.Where(l => over.Contains(l.Line))], ownWays, stated);

    /// <summary>Two sites of these with more than one link between them; null where there are none.</summary>
    public (string From, string To)? Ambiguous(IReadOnlyCollection<string> names) => links
        .Where(l => names.Contains(l.From.Name) && names.Contains(l.To!.Name))
        .Where(l => links.Any(other => other.Line != l.Line && other.IsBetween(l.From.Name, l.To!.Name)))
        .Select(l => ((string, string)?)(l.From.Name, l.To!.Name)).FirstOrDefault();

    /// <summary>The site's own way out, where it has one: to a coordinator that is no site, or to the internet.</summary>
    public LinkInputs? OwnWay(string site) => ownWays.GetValueOrDefault(site);

    /// <summary>The way from one site to another: the link that names both; else over the sites' own ways out, of which one is enough. Null where there is none.</summary>
    public Route? Between(string from, string to)
    {
        if (links.FirstOrDefault(l => l.IsBetween(from, to)) is { } link)
        {
            return new(sites[from], sites[to], [new(link, link.From.Name == from)]);
        }
        LinkInputs? first = OwnWay(from), second = OwnWay(to);
        Hop[] hops = [.. first is null ? Enumerable.Empty<Hop>() : [new(first, true)], .. second is null ? Enumerable.Empty<Hop>() : [new(second, false)]];
        return hops.Length == 0 ? null : new(sites[from], sites[to], hops);
    }

    /// <summary>A ring in the given order where all neighbours are linked; else the spanning tree of the widest links (Prim 1957).</summary>
    /// <param name="names">Two sites or more, each once.</param>
    /// <param name="unreached">Where there is no topology: sites that cannot be reached from the first.</param>
    /// <returns>Null where the sites are not linked with each other.</returns>
    public Topology? Over(IReadOnlyList<string> names, out IReadOnlyList<string> unreached)
    {
        SiteInputs[] members = [.. names.Select(n => sites[n])];
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
        List<Route> tree = [];
        List<string> reached = [names[0]];
        while (reached.Count < names.Count && Widest(reached, names) is { } next)
        {
            tree.Add(next);
            reached.Add(next.To.Name);
        }
        unreached = [.. names.Except(reached)];
        return unreached.Count == 0 ? new(Shape.Tree, members, tree) : null;
    }

    private Route? Widest(List<string> reached, IReadOnlyList<string> names) => reached
        .SelectMany(from => names.Except(reached), (from, to) => Between(from, to))
        .OfType<Route>()
        .MaxBy(r => Math.Min(r.Bandwidth(stated), r.BandwidthBack(stated)));
}

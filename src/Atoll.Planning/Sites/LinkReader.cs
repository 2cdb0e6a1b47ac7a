using Atoll.Experiments.Sites;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;

namespace Atoll.Planning.Sites;

/// <summary>The links of a plan file, and the sites' own ways out, to inputs.</summary>
internal sealed class LinkReader(Figures figures, IReadOnlyDictionary<string, SiteInputs> sites)
{
    private const string Internet = "fixed", BetweenFacilities = "data-centre";

    private readonly List<string> _withoutLatency = [];

    public Network Read(Plan plan)
    {
        List<LinkInputs> links = [];
        for (int i = 0; i < plan.Links.Count; i++)
        {
            links.AddRange(Links($"links[{i}]", plan.Links[i], links));
        }
        Dictionary<string, LinkInputs> own = [];
        foreach ((string name, Site site) in plan.Sites)
        {
            if (site.Link is { } link && Inputs($"sites.{name}.link", $"sites.{name}.link", link, $"{name}-internet", sites[name], null) is { } inputs)
            {
                own[name] = inputs;
            }
        }
        if (_withoutLatency.Count > 0)
        {
            figures.Notes.Add($"Neither latency nor distance is given of {string.Join(", ", _withoutLatency.Distinct())}: the time that a bit is on its way is left out.");
        }
        return new(sites, links, own, figures.Table.Values());
    }

    /// <summary>One link for each two of the sites; they share the inputs, which the file gives once.</summary>
    private IEnumerable<LinkInputs> Links(string field, Link link, List<LinkInputs> before)
    {
        if (link.Between.Count < 2)
        {
            figures.File.Refuse($"{field}.between", $"must name at least two sites (was {link.Between.Count})");
        }
        for (int i = 0; i < link.Between.Count; i++)
        {
            SiteNames.RequireKnown(figures.File, $"{field}.between[{i}]", link.Between[i], sites.Keys);
        }
        string name = link.Name ?? string.Join('-', link.Between);
        if (before.Any(l => l.Line == name))
        {
            figures.File.Refuse(link.Name is null ? $"{field}.between" : $"{field}.name", $"must not be that of another link (was {name}): give each a name of its own");
            yield break;
        }
        string[] known = [.. link.Between.Where(sites.ContainsKey)];
        for (int i = 0; i < known.Length; i++)
        {
            for (int j = i + 1; j < known.Length; j++)
            {
                SiteInputs from = sites[known[i]], to = sites[known[j]];
                string pair = $"{from.Name}-{to.Name}";
                if (link.Name is null && before.Any(l => l.Line.Length > 0 && l.IsBetween(from.Name, to.Name)))
                {
                    figures.File.Refuse($"{field}.between", $"must not name {from.Name} and {to.Name}, which another link has: give this one a name, for arms to choose by over");
                }
                else if (Inputs($"links.{name}", field, link, link.Name is null ? pair : known.Length == 2 ? name : $"{name} {pair}", from, to) is { } inputs)
                {
                    if (link.Name is null)
                    {
                        Alias($"links.{string.Join('-', link.Between.Reverse())}", $"links.{name}");
                    }
                    yield return inputs with { Line = name };
                }
            }
        }
        if (known.Length < 2)
        {
            Check(field, link);
        }
    }

    private void Alias(string other, string path)
    {
        foreach (string known in figures.Table.Paths.Where(p => p.StartsWith(path + ".", StringComparison.Ordinal)).ToArray())
        {
            figures.Table.Alias(other + known[path.Length..], figures.Table.Find(known)!.Value);
        }
    }

    /// <returns>Null where something was refused.</returns>
    private LinkInputs? Inputs(string path, string field, Connection link, string name, SiteInputs from, SiteInputs? to)
    {
        if (!Check(field, link))
        {
            return null;
        }
        BothWays bandwidth = link.Bandwidth!;
        bool alike = bandwidth.Up == bandwidth.Down;
        int up = figures.Given(alike ? $"{path}.bandwidth" : $"{path}.bandwidth.up", bandwidth.Up, $"{field}.bandwidth");
        return new()
        {
            Name = name,
            From = from,
            To = to,
            UpIndex = up,
            DownIndex = alike ? up : figures.Given($"{path}.bandwidth.down", bandwidth.Down, $"{field}.bandwidth"),
            DistanceIndex = figures.Maybe($"{path}.distance", link.Distance, $"{field}.distance"),
            LatencyIndex = link.Latency is null && link.Distance is not null ? null : figures.Add($"{path}.latency", link.Latency, () => NoLatency(name), $"{field}.latency"),
            EnergyIndex = figures.Add($"{path}.energy", link.Energy, () => Technology(field, link, from, to), $"{field}.energy"),
            FibreIndex = figures.Maybe($"{path}.fibre.built", link.Fibre?.Built, $"{field}.fibre.built"),
            FibreLifetimeIndex = link.Fibre is { } fibre ? Lifetime($"{path}.fibre.lifetime", $"{field}.fibre.lifetime", fibre) : null,
            LeasedIndex = figures.Maybe($"{path}.leased", link.Leased, $"{field}.leased"),
            TransitIndex = figures.Maybe($"{path}.transit", link.Transit, $"{field}.transit"),
            EgressIndex = figures.Maybe($"{path}.egress", link.Egress, $"{field}.egress"),
        };
    }

    private Sourced<Time> NoLatency(string link)
    {
        _withoutLatency.Add(link);
        return Defaults.NotGiven<Time>("time on the way (latency, or a distance)");
    }

    private bool Check(string field, Connection link)
    {
        if (link.Bandwidth is null)
        {
            figures.File.Refuse($"{field}.bandwidth", "is missing: must be a bandwidth, or a mapping with up and down");
        }
        if (link.Fibre is not null && link.Distance is null)
        {
            figures.File.Refuse($"{field}.fibre", "is priced by its length: distance must be given with it");
        }
        if (link.Energy is not null && link.Technology is not null)
        {
            figures.File.Refuse($"{field}.energy", $"and {field}.technology (line {figures.File.LineOf($"{field}.technology")}) exclude each other: give one of them");
        }
        return link.Bandwidth is not null && (link.Fibre is null || link.Distance is not null);
    }

    private int Lifetime(string path, string field, Fibre fibre) => figures.File.Has(field)
        ? figures.Given(path, fibre.Lifetime, field)
        : figures.Table.Add(path, new Sourced<Time>
        {
            Value = fibre.Lifetime.Value,
            Low = fibre.Lifetime.Low,
            High = fibre.Lifetime.High,
            Origin = new() { Basis = Basis.Assumed, Source = "20 years of service, because none is given" },
        });

    /// <summary>A line between two facilities carries as one inside a cloud does; whatever ends at a device, or is bought as transit, goes over the internet.</summary>
    private Sourced<DataEnergy> Technology(string field, Connection link, SiteInputs from, SiteInputs? to)
    {
        if (link.Technology is not null)
        {
            return figures.Named(link.Technology, $"{field}.technology", figures.Catalog.NetworkNamed)?.Energy ?? Defaults.NotGiven<DataEnergy>("energy of the network");
        }
        bool line = to is not null && link.Transit is null && !IsDevice(from) && !IsDevice(to);
        NetworkEntry entry = figures.Catalog.NetworkNamed(line ? BetweenFacilities : Internet);
        return Figures.Assume(entry.Energy, line
            ? $"No technology is given: a line between two facilities, taken as '{BetweenFacilities}'"
            : $"No technology is given: a way over the internet, taken as '{Internet}'");
    }

    private static bool IsDevice(SiteInputs site) => site.Hardware is { Kind: not ("accelerator" or "server") };
}

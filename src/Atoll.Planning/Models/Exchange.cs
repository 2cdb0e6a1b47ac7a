using Atoll.Planning.Sites;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Models;

/// <summary>An average over sites, each with all of a model, over the links between them.</summary>
/// <remarks>
/// Each way between two sites carries the model's bits times <see cref="AllReduce.Share"/> each way (around a ring), or all of them (between two sites, or along a tree,
/// up to be summed and down as the sum). A link that is part of several ways, such as a site's own way out, carries the sum. The slowest link sets the time.
/// Latency is that of the slowest way, in a tree the sum along its longest branch.
/// </remarks>
internal sealed class Exchange
{
    private readonly Topology _topology;
    private readonly Load[] _loads;

    public Exchange(Topology topology)
    {
        _topology = topology;
        double share = topology.Shape is Shape.Ring ? AllReduce.Share(topology.Sites.Count) : 1;
        _loads = [.. topology.Routes.SelectMany(r => r.Hops).GroupBy(h => h.Link).Select(g => new Load(g.Key, share * g.Count()))];
    }

    public IReadOnlyList<LinkInputs> Links => [.. _loads.Select(l => l.Link)];

    /// <summary>Seconds for each bit of the model.</summary>
    public double SecondsPerBit(ReadOnlySpan<double> x)
    {
        double most = 0;
        foreach (Load load in _loads)
        {
            most = Math.Max(most, load.Factor / Math.Min(load.Link.Up(x), load.Link.Down(x)));
        }
        return most;
    }

    /// <summary>bit/s of the narrowest link.</summary>
    public double Bandwidth(ReadOnlySpan<double> x)
    {
        double least = double.PositiveInfinity;
        foreach (Load load in _loads)
        {
            least = Math.Min(least, Math.Min(load.Link.Up(x), load.Link.Down(x)));
        }
        return least;
    }

    /// <summary>Seconds.</summary>
    public double Latency(ReadOnlySpan<double> x)
    {
        double most = 0;
        foreach (Route route in _topology.Routes)
        {
            most = Math.Max(most, route.Latency(x) + (_topology.Shape is Shape.Tree ? ToRoot(route, x) : 0));
        }
        return most;
    }

    /// <summary>Seconds of one average, nothing else going on.</summary>
    public double Seconds(ReadOnlySpan<double> x, double bits) => SecondsPerBit(x) * bits + Latency(x);

    /// <summary>Adds what crosses each link.</summary>
    /// <param name="bits">Of the model, all exchanges together.</param>
    public void Count(LinkTally tally, double bits)
    {
        foreach (Load load in _loads)
        {
            tally.Add(load.Link, load.Factor * bits, load.Factor * bits);
        }
    }

    /// <summary>How it goes, in words.</summary>
    public string Description => _topology.Shape switch
    {
        Shape.Pair => "bits/bandwidth + latency, as each half of the model crosses the link once to be summed and once as the sum",
        Shape.Ring => "(n − 1)/n × bits/bandwidth + latency, around a ring both ways",
        _ => "bits/bandwidth + latency along the tree of the widest links",
    };

    private double ToRoot(Route route, ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (Route? at = Before(route); at is not null; at = Before(at))
        {
            sum += at.Latency(x);
        }
        return sum;
    }

    private Route? Before(Route route)
    {
        foreach (Route other in _topology.Routes)
        {
            if (other.To == route.From)
            {
                return other;
            }
        }
        return null;
    }

    /// <param name="Factor">Bits that it carries each way for each bit of the model.</param>
    private readonly record struct Load(LinkInputs Link, double Factor);
}

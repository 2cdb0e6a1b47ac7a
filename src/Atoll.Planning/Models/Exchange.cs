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

    // Of a tree: for each way that before it towards the first site, which stands before it in the list. −1 for those that begin there.
    private readonly int[] _before;

    public Exchange(Topology topology)
    {
        _topology = topology;
        _before = topology.Shape is Shape.Tree ? Before(topology) : [];
        double share = topology.Shape is Shape.Ring ? AllReduce.Share(topology.Sites.Count) : 1;
        _loads = [.. topology.Routes.SelectMany(r => r.Hops).GroupBy(h => h.Link).Select(g => new Load(g.Key, share * g.Count()))];
    }

    private static int[] Before(Topology topology)
    {
        Dictionary<string, int> reachedBy = topology.Routes.Select((r, i) => (r.To.Name, i)).ToDictionary(r => r.Name, r => r.i);
        return [.. topology.Routes.Select(r => reachedBy.GetValueOrDefault(r.From.Name, -1))];
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
        double[] fromFirst = new double[_before.Length];
        for (int i = 0; i < _topology.Routes.Count; i++)
        {
            double here = _topology.Routes[i].Latency(x);
            if (_topology.Shape is Shape.Tree)
            {
                here = fromFirst[i] = here + (_before[i] < 0 ? 0 : fromFirst[_before[i]]);
            }
            most = Math.Max(most, here);
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

    /// <param name="Factor">Bits that it carries each way for each bit of the model.</param>
    private readonly record struct Load(LinkInputs Link, double Factor);
}

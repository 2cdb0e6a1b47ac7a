namespace Atoll.Planning.Sites;

/// <summary>The way from one site to another: a link, or the two sites' own ways out one after the other.</summary>
internal sealed record Route(SiteInputs From, SiteInputs To, IReadOnlyList<Hop> Hops)
{
    /// <summary>bit/s from <see cref="From"/> to <see cref="To"/>: the narrowest of the way.</summary>
    public double Bandwidth(ReadOnlySpan<double> x)
    {
        double least = double.PositiveInfinity;
        foreach (Hop hop in Hops)
        {
            least = Math.Min(least, hop.IsUp ? hop.Link.Up(x) : hop.Link.Down(x));
        }
        return least;
    }

    /// <summary>bit/s from <see cref="To"/> to <see cref="From"/>.</summary>
    public double BandwidthBack(ReadOnlySpan<double> x)
    {
        double least = double.PositiveInfinity;
        foreach (Hop hop in Hops)
        {
            least = Math.Min(least, hop.IsUp ? hop.Link.Down(x) : hop.Link.Up(x));
        }
        return least;
    }

    /// <summary>Seconds one way.</summary>
    public double Latency(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (Hop hop in Hops)
        {
            sum += hop.Link.Latency(x);
        }
        return sum;
    }
}

/// <summary>A link on a way.</summary>
/// <param name="IsUp">Whether it is passed away from the link's first site.</param>
internal readonly record struct Hop(LinkInputs Link, bool IsUp);

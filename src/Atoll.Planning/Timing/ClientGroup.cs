namespace Atoll.Planning.Timing;

/// <summary>Clients that are alike but for the luck of the draw: the time of one is exchange + work × e^(σZ), Z normal.</summary>
/// <param name="Clients">How many are asked in a round; not a whole number where they are drawn.</param>
/// <param name="ExchangeSeconds">Down, up and round trip.</param>
/// <param name="WorkSeconds">Local steps of the middle one.</param>
internal readonly record struct ClientGroup(double Clients, double ExchangeSeconds, double WorkSeconds)
{
    /// <summary>A client is done at its own time, however that was rounded.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Of its work.</summary>
    public double MeanWorkSeconds(double spread) => WorkSeconds * Math.Exp(spread * spread / 2);

    /// <summary>Share of the clients that are done by a time.</summary>
    /// <param name="spread">σ: the standard deviation of the logarithm of work's time. 0: all alike.</param>
    public double DoneBy(double seconds, double spread) => DoneBy(seconds, spread, out _);

    /// <param name="density">What the share grows by in a second; 0 where it leaps.</param>
    /// <inheritdoc cref="DoneBy(double, double)"/>
    public double DoneBy(double seconds, double spread, out double density)
    {
        density = 0;
        double left = seconds - ExchangeSeconds;
        if (spread == 0 || WorkSeconds == 0)
        {
            return left + Rounding * seconds >= WorkSeconds ? 1 : 0;
        }
        if (left <= 0)
        {
            return 0;
        }
        double share = Gaussian.Below(Math.Log(left / WorkSeconds) / spread, out double bell);
        density = bell / Math.Sqrt(2 * Math.PI) / (spread * left);
        return share;
    }

    /// <summary>E[time; time below a bound]: exchange × share + work·e^(σ²/2)·Φ((ln(left/work))/σ − σ).</summary>
    public double MeanTimesDoneBy(double seconds, double spread)
    {
        double share = DoneBy(seconds, spread);
        return spread == 0 || WorkSeconds == 0 || share == 0 ? share * (ExchangeSeconds + WorkSeconds)
            : ExchangeSeconds * share + MeanWorkSeconds(spread) * Gaussian.Below(Math.Log((seconds - ExchangeSeconds) / WorkSeconds) / spread - spread);
    }
}

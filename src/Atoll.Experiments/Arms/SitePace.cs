namespace Atoll.Experiments;

/// <summary>
/// How long a site takes for a task in the virtual time of a simulation: the samples it trains on, times the operations of a sample over the rate of the site's
/// hardware where <c>sites</c> declares it, else over <see cref="SamplesPerSecond"/>; times a factor drawn from a log-normal distribution.
/// </summary>
public sealed record SitePace
{
    /// <summary>What a site trains on in a second, where its hardware is not declared.</summary>
    public double SamplesPerSecond { get; init => field = Require.MoreThan(0.0, value); } = 1000;

    /// <summary>σ of the factor e^(σz), z standard normal: 0 for none; at 1 one site in six takes 2.7 times the usual time or more.</summary>
    public double Spread { get; init => field = Require.Within(0.0, 5.0, value); }

    /// <summary>Whether each site has one factor for good, or draws one for each of its tasks.</summary>
    public SpreadOver Per { get; init; }
}

/// <summary>What has a factor of its own.</summary>
public enum SpreadOver
{
    /// <summary>Some sites are slow, others fast.</summary>
    Site,

    /// <summary>Any site is slow now and then.</summary>
    Task,
}

namespace Atoll.Client.Live.Connection;

/// <summary>How long to wait before trying again: a random time up to <c>min(longest, first · 2ⁿ)</c> after the n-th failure.</summary>
/// <remarks>"Full jitter": sites that lost the coordinator together do not come back together. <see href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"/></remarks>
public sealed record Backoff
{
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(30);

    /// <param name="failures">From 0.</param>
    public TimeSpan Wait(int failures, Random random)
    {
        double most = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(failures, 60)));
        return TimeSpan.FromSeconds(random.NextDouble() * most);
    }
}

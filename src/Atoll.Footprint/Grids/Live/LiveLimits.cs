namespace Atoll.Footprint.Grids.Live;

/// <summary>How long to wait for a service, how often to ask, and how old an answer may be.</summary>
public sealed record LiveLimits
{
    /// <summary>The longest wait for one answer.</summary>
    public TimeSpan Timeout { get; init => field = Positive(value); } = TimeSpan.FromSeconds(10);

    /// <summary>The longest that a question may take, with all attempts and the waits between them.</summary>
    public TimeSpan Patience { get; init => field = Positive(value); } = TimeSpan.FromSeconds(25);

    public int Attempts { get; init => field = Require.AtLeast(1, value); } = 4;

    /// <summary>Wait before the second attempt; twice as long before each further one, and half to one and a half of that by chance.</summary>
    public TimeSpan FirstDelay { get; init => field = Positive(value); } = TimeSpan.FromMilliseconds(500);

    /// <summary>The largest answer that is read.</summary>
    public int MaximumBytes { get; init => field = Require.AtLeast(1, value); } = 16 << 20;

    /// <summary>How old the newest value of a service may be when it is fetched.</summary>
    public TimeSpan MaximumAge { get; init => field = Positive(value); } = TimeSpan.FromHours(6);

    /// <summary>How old a kept answer may be that stands in for a service that fails.</summary>
    public TimeSpan MaximumKeptAge { get; init => field = Positive(value); } = TimeSpan.FromHours(24);

    private static TimeSpan Positive(TimeSpan value, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be more than 0 (was {value}).");
}

namespace Atoll.Footprint.Grids.Live;

/// <summary>How long a kept answer is as good as a new one, and when a value is too old.</summary>
internal static class LiveFreshness
{
    public static readonly TimeSpan Latest = TimeSpan.FromMinutes(10), Forecast = TimeSpan.FromMinutes(30);

    /// <summary>Days after which services no longer revise what they published.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromDays(7);

    public static TimeSpan History(DateTimeOffset to, DateTimeOffset now) => now - to > s_settled ? TimeSpan.FromDays(365) : TimeSpan.FromHours(1);

    /// <summary>How far two clocks may be apart.</summary>
    private static readonly TimeSpan s_clocks = TimeSpan.FromHours(1);

    /// <exception cref="LiveGridException">The value was too old when it was fetched, or of a time that had not come.</exception>
    public static void Require(LiveService service, string what, DateTimeOffset at, DateTimeOffset fetched, TimeSpan most)
    {
        if (at - fetched > s_clocks)
        {
            throw new LiveGridException(LiveFault.NotUnderstood, $"{service.Title()}: {what} must be of now or before, but is of {LivePart.Text(at)}, asked at {LivePart.Text(fetched)}.");
        }
        if (fetched - at > most)
        {
            throw new LiveGridException(LiveFault.Stale,
                $"{service.Title()}: {what} must be at most {TraceGaps.Duration(most)} old, but is of {LivePart.Text(at)}, {TraceGaps.Duration(TimeSpan.FromMinutes(Math.Round((fetched - at).TotalMinutes)))} before.");
        }
    }
}

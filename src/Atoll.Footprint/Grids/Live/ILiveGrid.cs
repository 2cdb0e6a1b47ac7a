namespace Atoll.Footprint.Grids.Live;

/// <summary>A service that knows the intensity of grids now, before and soon.</summary>
/// <remarks>
/// Safe for several threads. What goes wrong at the service is a <see cref="LiveGridException"/>; what its own answer lacked and a kept answer made up for is said in
/// the result's notes.
/// </remarks>
public interface ILiveGrid
{
    LiveService Service { get; }

    /// <param name="zone">The service's own name of it; null for a service of one zone.</param>
    /// <exception cref="LiveGridException">There is no reading that is young enough.</exception>
    Task<LiveReading> LatestAsync(string? zone, CancellationToken cancellation = default);

    /// <summary>From <paramref name="from"/> up to before <paramref name="to"/>.</summary>
    /// <exception cref="LiveGridException">The service gave nothing that can be used.</exception>
    /// <exception cref="TraceException">What it gave makes no trace, or has gaps that are refused.</exception>
    Task<GridTrace> HistoryAsync(string? zone, DateTimeOffset from, DateTimeOffset to, GapRule gaps, CancellationToken cancellation = default);

    /// <summary>From now on, as far as the service sees and at most as far as asked.</summary>
    /// <exception cref="LiveGridException">The service gave nothing that can be used.</exception>
    /// <exception cref="TraceException">What it gave makes no trace, or has gaps that are refused.</exception>
    Task<GridTrace> ForecastAsync(string? zone, TimeSpan horizon, GapRule gaps, CancellationToken cancellation = default);
}

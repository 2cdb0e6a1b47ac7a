using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Grids.Live;

/// <summary>The live services by name, and what stands in for one that gives nothing: its own kept answer if that is recent, else the catalog's annual mean.</summary>
/// <param name="variable">Environment variables, for keys.</param>
public sealed class LiveGrids(LiveConnection connection, Func<string, string?> variable)
{
    private const string World = "world";

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly Dictionary<LiveService, ILiveGrid> _clients = [];
    private readonly Lock _lock = new();

    /// <summary>Someone waits for a plan: what a service does not say within seconds, the catalog does.</summary>
    private static readonly LiveLimits s_impatient = new() { Timeout = TimeSpan.FromSeconds(4), Patience = TimeSpan.FromSeconds(7.5) };

    /// <summary>With the user's cache and keys.</summary>
    public static LiveGrids Default() => new(new(LiveConnection.Client(), AnswerCache.Default(), TimeProvider.System, s_impatient, Random.Shared), Environment.GetEnvironmentVariable);

    /// <summary>In place of the service's own address: for a mirror, or a test.</summary>
    public IReadOnlyDictionary<LiveService, Uri> Addresses { get; init; } = new Dictionary<LiveService, Uri>();

    public ILiveGrid Client(LiveService service)
    {
        lock (_lock)
        {
            Uri? address = Addresses.TryGetValue(service, out Uri? other) ? other : null;
            return _clients.TryGetValue(service, out ILiveGrid? known) ? known : _clients[service] = service switch
            {
                LiveService.Uk => new UkGridClient(connection, address),
                LiveService.ElectricityMaps => new ElectricityMapsClient(connection, variable(ElectricityMapsClient.KeyVariable), address),
                _ => new WattTimeClient(connection, variable(WattTimeClient.UserVariable), variable(WattTimeClient.PasswordVariable), address),
            };
        }
    }

    /// <summary>The newest intensity, or the mean of the year. Fails for nothing that a service does.</summary>
    /// <param name="fallback">As <see cref="Fallback"/> finds it, or the user's choice.</param>
    public async Task<ResolvedGrid<Quantity<CarbonIntensity>>> ResolveAsync(LiveService service, string? zone, GridEntry fallback, CancellationToken cancellation = default)
    {
        try
        {
            LiveReading reading = await InTime(service, within => Client(service).LatestAsync(zone, within), cancellation).ConfigureAwait(false);
            return new(reading.Intensity, reading.Origin, true, reading.Notes);
        }
        catch (LiveGridException e)
        {
            return new(fallback.Intensity.Value, Instead(fallback, e.Message), false, [Sentence(e.Message, fallback)]);
        }
    }

    /// <summary>The forecast from now on, or the mean of the year at each hour of the horizon. Fails for nothing that a service does.</summary>
    /// <param name="fallback">As <see cref="Fallback"/> finds it, or the user's choice.</param>
    public async Task<ResolvedGrid<GridTrace>> ResolveForecastAsync(LiveService service, string? zone, TimeSpan horizon, GridEntry fallback, CancellationToken cancellation = default)
    {
        try
        {
            GridTrace trace = await InTime(service, within => Client(service).ForecastAsync(zone, horizon, GapRule.Interpolate, within), cancellation).ConfigureAwait(false);
            return new(trace, trace.Origin, true, trace.Notes);
        }
        catch (Exception e) when (e is LiveGridException or TraceException)
        {
            double[] means = new double[(int)Math.Clamp(Math.Ceiling(horizon / s_hour), 1, 24 * 366)];
            Array.Fill(means, fallback.Intensity.Value.Value);
            Origin origin = Instead(fallback, e.Message);
            string note = Sentence(e.Message, fallback);
            return new(new(fallback.Label, LivePart.Floor(connection.Time.GetUtcNow(), s_hour), s_hour, means, origin) { Notes = [note] }, origin, false, [note]);
        }
    }

    /// <summary>The catalog's grid that is nearest to a service's zone: the zone itself, its country, or the world.</summary>
    /// <exception cref="CatalogException">Not even the world is in the catalog.</exception>
    public static GridEntry Fallback(LiveService service, string? zone, Catalog catalog)
    {
        string place = service == LiveService.Uk ? "GB" : zone ?? World;
        // CAISO_NORTH is a part of CAISO, DK-DK1 of DK.
        string[] names = [place, place.Split('_')[0], place.Split('-')[0]];
        foreach (string name in names)
        {
            try
            {
                return catalog.Grid(name);
            }
            catch (CatalogException)
            {
                // The next wider place.
            }
        }
        return catalog.Grid(World);
    }

    /// <summary>Some answers take two questions (a login, then the value): together they have a quarter more than one has, so that one alone has time to fall back on what was kept.</summary>
    private async Task<T> InTime<T>(LiveService service, Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        TimeSpan most = 1.25 * connection.Limits.Patience;
        using CancellationTokenSource deadline = new(most, connection.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new LiveGridException(LiveFault.Slow, $"{service.Title()} did not answer within {TraceGaps.Duration(most)}.", e);
        }
    }

    private static Origin Instead(GridEntry fallback, string why) => fallback.Intensity.Origin with { Note = $"in place of a live value ({why.TrimEnd('.')}); {fallback.Intensity.Origin.Note}".TrimEnd(' ', ';') };

    private static string Sentence(string why, GridEntry fallback) =>
        $"{why} The annual mean of {fallback.Label} was used instead: {fallback.Intensity.Value}{(fallback.Intensity.Origin.Year is { } year ? $" in {year}" : "")} ({fallback.FactorSet}, {(fallback.IsLifeCycle ? "life cycle" : "direct")}).";
}

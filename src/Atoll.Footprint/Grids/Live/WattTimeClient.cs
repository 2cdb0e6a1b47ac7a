using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Atoll.Footprint.Grids.Live;

/// <summary>WattTime, version 3: the marginal operating emissions rate (<c>co2_moer</c>) of a region, mostly every five minutes; direct CO₂.</summary>
/// <remarks>
/// <see href="https://docs.watttime.org"/>. Rates come in pounds a megawatt-hour, and no other unit is taken: the service's <c>signal-index</c> is a percentile, and
/// never an intensity. History is asked for in pieces of 32 days (by recall: the service's bound). A token lasts about 30 minutes.
/// </remarks>
/// <param name="user">And <paramref name="password"/>: null or empty, every question fails with <see cref="LiveFault.KeyMissing"/>.</param>
public sealed class WattTimeClient(LiveConnection connection, string? user, string? password, Uri? address = null) : ILiveGrid
{
    /// <summary>The environment variables of the account.</summary>
    public const string UserVariable = "WATTTIME_USER", PasswordVariable = "WATTTIME_PASSWORD";

    private const double KilogramsPerPound = 0.45359237; // exact, so that lb/MWh × this = kg/MWh = g/kWh
    private const string Units = "lbs_co2_per_mwh", Signal = "co2_moer";

    private static readonly TimeSpan s_tokenLasts = TimeSpan.FromMinutes(25), s_most = TimeSpan.FromDays(32), s_recent = TimeSpan.FromHours(2);

    private readonly Uri _address = address ?? new("https://api.watttime.org");
    private (string Token, DateTimeOffset Since)? _token;

    public LiveService Service => LiveService.WattTime;

    public async Task<LiveReading> LatestAsync(string? zone, CancellationToken cancellation = default)
    {
        string region = RequireRegion(zone);
        DateTimeOffset now = connection.Time.GetUtcNow();
        Told<TraceRow> told = await AskAsync($"historical?{Range(region, now - s_recent, now)}", $"latest {region}", LiveFreshness.Latest, (answer, fetched) =>
        {
            TraceRow row = Part(answer, region).Rows.Where(r => r.Intensity is not null).DefaultIfEmpty().MaxBy(r => r.At);
            if (row.Intensity is null)
            {
                throw new LiveGridException(LiveFault.Missing, $"{Service.Title()} has no rate of {region} of the last {TraceGaps.Duration(s_recent)}.");
            }
            LiveFreshness.Require(Service, $"the rate of {region}", row.At, fetched, connection.Limits.MaximumAge);
            return row;
        }, cancellation).ConfigureAwait(false);
        return new()
        {
            Service = Service,
            Zone = region,
            At = told.Value.At,
            Intensity = new(told.Value.Intensity!.Value),
            IsEstimated = null,
            EmissionFactorType = "direct",
            IsMarginal = true,
            FetchedAt = told.FetchedAt,
            Notes = told.Note is null ? [] : [told.Note],
        };
    }

    public async Task<GridTrace> HistoryAsync(string? zone, DateTimeOffset from, DateTimeOffset to, GapRule gaps, CancellationToken cancellation = default)
    {
        string region = RequireRegion(zone);
        List<Told<LivePart>> parts = [];
        foreach ((DateTimeOffset start, DateTimeOffset end) in LivePart.Pieces(from, to, s_most))
        {
            string range = Range(region, start, end);
            Told<LivePart> told = await AskAsync($"historical?{range}", range, LiveFreshness.History(end, connection.Time.GetUtcNow()), (answer, _) => Part(answer, region), cancellation).ConfigureAwait(false);
            parts.Add(told with { Value = told.Value with { Rows = [.. told.Value.Rows.Where(row => row.At >= start && row.At < end)] } });
        }
        return LivePart.ToTrace(Service, region, parts, from, to, gaps, "history");
    }

    public async Task<GridTrace> ForecastAsync(string? zone, TimeSpan horizon, GapRule gaps, CancellationToken cancellation = default)
    {
        string region = RequireRegion(zone);
        int hours = (int)Math.Clamp(Math.Ceiling(horizon.TotalHours), 1, 72); // 72: the service's bound
        string question = string.Create(CultureInfo.InvariantCulture, $"forecast?region={Uri.EscapeDataString(region)}&signal_type={Signal}&horizon_hours={hours}");
        Told<LivePart> told = await AskAsync(question, question, LiveFreshness.Forecast, (answer, fetched) =>
        {
            if (answer.Field("meta").Optional("generated_at") is { } generated)
            {
                LiveFreshness.Require(Service, $"the forecast of {region}", generated.Time(), fetched, connection.Limits.MaximumAge);
            }
            return Part(answer, region);
        }, cancellation).ConfigureAwait(false);
        DateTimeOffset from = LivePart.Floor(connection.Time.GetUtcNow(), told.Value.Step!.Value);
        return LivePart.ToTrace(Service, region, [told], from, from + horizon, gaps, "forecast");
    }

    private async Task<Told<T>> AskAsync<T>(string path, string key, TimeSpan freshFor, Func<AnswerReader, DateTimeOffset, T> read, CancellationToken cancellation)
    {
        for (bool isAgain = false; ; isAgain = true)
        {
            string token = await TokenAsync(cancellation).ConfigureAwait(false);
            try
            {
                return await connection.AskAsync(Service, new(new Uri(_address, $"/v3/{path}"), key, freshFor, request => request.Headers.Authorization = new("Bearer", token)),
                    (json, fetched) => read(AnswerReader.Of(Service, json), fetched), cancellation).ConfigureAwait(false);
            }
            catch (LiveGridException e) when (e.Fault == LiveFault.KeyRefused && !isAgain)
            {
                _token = null; // it may have run out before its time: one more with a new one
            }
        }
    }

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(user) || string.IsNullOrEmpty(password))
        {
            throw new LiveGridException(LiveFault.KeyMissing, $"{Service.Title()} needs an account: set {UserVariable} and {PasswordVariable}.");
        }
        DateTimeOffset now = connection.Time.GetUtcNow();
        if (_token is { } known && now - known.Since < s_tokenLasts)
        {
            return known.Token;
        }
        string account = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        // Nothing of a login is kept on disk.
        Told<string> told = await connection.AskAsync(Service, new(new Uri(_address, "/login"), null, TimeSpan.Zero, request => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", account)),
            (json, _) => AnswerReader.Of(Service, json).Field("token").Text(), cancellation).ConfigureAwait(false);
        _token = (told.Value, now);
        return told.Value;
    }

    private static LivePart Part(AnswerReader answer, string region)
    {
        AnswerReader meta = answer.Field("meta"), units = meta.Field("units");
        if (units.Text() != Units)
        {
            throw units.Wrong($"must be {Units} (a percentile, such as that of the signal index, is no intensity)", units.Shown());
        }
        if (meta.Optional("region") is { } of && !string.Equals(of.Text(), region, StringComparison.OrdinalIgnoreCase))
        {
            throw of.Wrong($"must be the region that was asked for, {region}", of.Shown());
        }
        if (meta.Optional("signal_type") is { } signal && signal.Text() != Signal)
        {
            throw signal.Wrong($"must be {Signal}", signal.Shown());
        }
        AnswerReader period = meta.Field("data_point_period_seconds");
        if (period.At.ValueKind != System.Text.Json.JsonValueKind.Number || !period.At.TryGetInt32(out int seconds) || seconds is < 1 or > 86400)
        {
            throw period.Wrong("must be a whole number of seconds up to a day", period.Shown());
        }
        TraceRow[] rows = [.. answer.Field("data").Items().Select(item => new TraceRow(item.Field("point_time").Time(), item.Field("value").Intensity(KilogramsPerPound), 0))];
        return new(rows, 0, "direct", TimeSpan.FromSeconds(seconds));
    }

    private static string Range(string region, DateTimeOffset from, DateTimeOffset to) =>
        $"region={Uri.EscapeDataString(region)}&signal_type={Signal}&start={LivePart.Text(from)}&end={LivePart.Text(to)}";

    private string RequireRegion(string? zone) =>
        string.IsNullOrWhiteSpace(zone) ? throw new LiveGridException(LiveFault.Refused, $"{Service.Title()} must be told a region, such as CAISO_NORTH.") : zone.Trim();
}

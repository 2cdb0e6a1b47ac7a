using System.Globalization;
using System.Text.Json;

namespace Atoll.Footprint.Grids.Live;

/// <summary>Electricity Maps, version 3: hourly means of a zone's consumption, flows between zones traced; life cycle unless the account says otherwise.</summary>
/// <remarks><see href="https://portal.electricitymaps.com/developer-hub/api"/>. History of up to a day needs no plan; longer is asked for in pieces of 10 days (by recall: the service's bound for hourly values).</remarks>
/// <param name="key">Goes into the header <c>auth-token</c>; null or empty: every question fails with <see cref="LiveFault.KeyMissing"/>.</param>
public sealed class ElectricityMapsClient(LiveConnection connection, string? key, Uri? address = null) : ILiveGrid
{
    /// <summary>The environment variable of the key.</summary>
    public const string KeyVariable = "ELECTRICITY_MAPS_KEY";

    private static readonly TimeSpan s_day = TimeSpan.FromHours(24), s_most = TimeSpan.FromDays(10);

    private static readonly int[] s_horizons = [6, 24, 48, 72];

    private readonly Uri _address = address ?? new("https://api.electricitymaps.com");

    public LiveService Service => LiveService.ElectricityMaps;

    public async Task<LiveReading> LatestAsync(string? zone, CancellationToken cancellation = default)
    {
        string place = RequireZone(zone);
        Told<LiveReading> told = await AskAsync("latest", place, "", $"latest {place}", LiveFreshness.Latest, (answer, fetched) =>
        {
            DateTimeOffset at = answer.Field("datetime").Time();
            double value = answer.Field("carbonIntensity").Intensity()
                ?? throw new LiveGridException(LiveFault.Missing, $"{Service.Title()} has no intensity of {place} for {LivePart.Text(at)} (it is null).");
            LiveFreshness.Require(Service, $"the value of {place}", at, fetched, connection.Limits.MaximumAge);
            bool? estimated = answer.Optional("isEstimated")?.Flag();
            string? method = answer.Optional("estimationMethod")?.Text();
            return new LiveReading
            {
                Service = Service,
                Zone = place,
                At = at,
                Intensity = new(value),
                IsEstimated = estimated,
                EmissionFactorType = answer.Field("emissionFactorType").Text(),
                IsMarginal = false,
                FetchedAt = fetched,
                Notes = estimated == true ? [$"{Service.Title()} has estimated the value of {place}{(method is null ? "" : $" ({method})")}."] : [],
            };
        }, cancellation).ConfigureAwait(false);
        return told.Note is null ? told.Value : told.Value with { Notes = [told.Note, .. told.Value.Notes] };
    }

    public async Task<GridTrace> HistoryAsync(string? zone, DateTimeOffset from, DateTimeOffset to, GapRule gaps, CancellationToken cancellation = default)
    {
        string place = RequireZone(zone);
        DateTimeOffset now = connection.Time.GetUtcNow();
        List<Told<LivePart>> parts = [];
        if (now - from <= s_day)
        {
            parts.Add(await AskAsync("history", place, "", $"history {place}", LiveFreshness.Latest, (answer, _) => Part(answer, "history"), cancellation).ConfigureAwait(false));
        }
        else
        {
            foreach ((DateTimeOffset start, DateTimeOffset end) in LivePart.Pieces(from, to, s_most))
            {
                string range = $"&start={LivePart.Text(start)}&end={LivePart.Text(end)}";
                Told<LivePart> told = await AskAsync("past-range", place, range, $"past {place}{range}", LiveFreshness.History(end, now), (answer, _) => Part(answer, "data"), cancellation).ConfigureAwait(false);
                parts.Add(told with { Value = told.Value with { Rows = [.. told.Value.Rows.Where(row => row.At >= start && row.At < end)] } });
            }
        }
        return LivePart.ToTrace(Service, place, parts, from, to, gaps, "history");
    }

    public async Task<GridTrace> ForecastAsync(string? zone, TimeSpan horizon, GapRule gaps, CancellationToken cancellation = default)
    {
        string place = RequireZone(zone);
        int hours = s_horizons.FirstOrDefault(h => h >= horizon.TotalHours, s_horizons[^1]);
        Told<LivePart> told = await AskAsync("forecast", place, string.Create(CultureInfo.InvariantCulture, $"&horizonHours={hours}"), $"forecast {hours} {place}", LiveFreshness.Forecast, (answer, fetched) =>
        {
            LiveFreshness.Require(Service, $"the forecast of {place}", answer.Field("updatedAt").Time(), fetched, connection.Limits.MaximumAge);
            return Part(answer, "forecast") with { Estimated = 0 };
        }, cancellation).ConfigureAwait(false);
        DateTimeOffset from = LivePart.Floor(connection.Time.GetUtcNow(), TimeSpan.FromHours(1));
        return LivePart.ToTrace(Service, place, [told], from, from + horizon, gaps, "forecast");
    }

    private Task<Told<T>> AskAsync<T>(string what, string zone, string rest, string kept, TimeSpan freshFor, Func<AnswerReader, DateTimeOffset, T> read, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new LiveGridException(LiveFault.KeyMissing, $"{Service.Title()} needs a key: set {KeyVariable}.");
        }
        Uri question = new(_address, $"/v3/carbon-intensity/{what}?zone={Uri.EscapeDataString(zone)}{rest}");
        return connection.AskAsync(Service, new(question, kept, freshFor, request => request.Headers.TryAddWithoutValidation("auth-token", key)), (JsonElement json, DateTimeOffset fetched) =>
        {
            AnswerReader answer = AnswerReader.Of(Service, json), of = answer.Field("zone");
            return string.Equals(of.Text(), zone, StringComparison.OrdinalIgnoreCase) ? read(answer, fetched) : throw of.Wrong($"must be the zone that was asked for, {zone}", of.Shown());
        }, cancellation);
    }

    private static LivePart Part(AnswerReader answer, string list)
    {
        IReadOnlyList<AnswerReader> items = answer.Field(list).Items();
        TraceRow[] rows = [.. items.Select(item => new TraceRow(item.Field("datetime").Time(), item.Field("carbonIntensity").Intensity(), 0))];
        string factors = items.Select(item => item.Optional("emissionFactorType")?.Text()).OfType<string>().FirstOrDefault() ?? "emission factors not stated";
        return new(rows, items.Count(item => item.Optional("isEstimated")?.Flag() == true), factors);
    }

    private string RequireZone(string? zone) =>
        string.IsNullOrWhiteSpace(zone) ? throw new LiveGridException(LiveFault.Refused, $"{Service.Title()} must be told a zone, such as DE or SE-SE1.") : zone.Trim();
}

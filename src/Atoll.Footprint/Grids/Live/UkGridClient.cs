namespace Atoll.Footprint.Grids.Live;

/// <summary>Great Britain's Carbon Intensity API: half-hours, direct emissions, no key. CC BY 4.0, National Energy System Operator.</summary>
/// <remarks>
/// <see href="https://carbon-intensity.github.io/api-definitions/"/>. A half-hour's <c>actual</c> is null until it is known: its <c>forecast</c> stands in, and a note
/// says so. A range is answered with every half-hour in it, at most 14 days at once.
/// </remarks>
public sealed class UkGridClient(LiveConnection connection, Uri? address = null) : ILiveGrid
{
    private const string Zone = "GB";

    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(30), s_most = TimeSpan.FromDays(14);

    private readonly Uri _address = address ?? new("https://api.carbonintensity.org.uk");

    public LiveService Service => LiveService.Uk;

    public async Task<LiveReading> LatestAsync(string? zone, CancellationToken cancellation = default)
    {
        RequireZone(zone);
        Told<Row> told = await connection.AskAsync(Service, Question("intensity", "latest", LiveFreshness.Latest), (json, fetched) =>
        {
            // The service may list neighbours too: the half-hour that has begun last is the present one.
            Row row = Rows(AnswerReader.Of(Service, json)).Where(r => r.From <= fetched && r.Value is not null).MaxBy(r => r.From)
                ?? throw new LiveGridException(LiveFault.Missing, $"{Service.Title()} has neither an actual nor a forecast intensity of this half-hour.");
            LiveFreshness.Require(Service, "its newest value", row.From, fetched, connection.Limits.MaximumAge);
            return row;
        }, cancellation).ConfigureAwait(false);
        Row value = told.Value;
        return new()
        {
            Service = Service,
            Zone = Zone,
            At = value.From,
            Intensity = new(value.Value!.Value),
            IsEstimated = value.IsForecast,
            EmissionFactorType = "direct",
            IsMarginal = false,
            FetchedAt = told.FetchedAt,
            Notes = [.. new[] { told.Note, value.IsForecast ? $"{Service.Title()} has no actual intensity of {LivePart.Text(value.From)} yet: its forecast was used." : null }.OfType<string>()],
        };
    }

    public async Task<GridTrace> HistoryAsync(string? zone, DateTimeOffset from, DateTimeOffset to, GapRule gaps, CancellationToken cancellation = default)
    {
        RequireZone(zone);
        List<Told<LivePart>> parts = [];
        foreach ((DateTimeOffset start, DateTimeOffset end) in LivePart.Pieces(from, to, s_most))
        {
            string path = $"intensity/{LivePart.Text(start)}/{LivePart.Text(end)}";
            Told<LivePart> told = await connection.AskAsync(Service, Question(path, path, LiveFreshness.History(end, connection.Time.GetUtcNow())), (json, _) => Part(json), cancellation).ConfigureAwait(false);
            // What lies before a piece belongs to the one before it.
            parts.Add(told with { Value = told.Value with { Rows = [.. told.Value.Rows.Where(row => row.At >= start && row.At < end)] } });
        }
        return LivePart.ToTrace(Service, Zone, parts, from, to, gaps, "history");
    }

    public async Task<GridTrace> ForecastAsync(string? zone, TimeSpan horizon, GapRule gaps, CancellationToken cancellation = default)
    {
        RequireZone(zone);
        string reach = horizon <= TimeSpan.FromHours(24) ? "fw24h" : "fw48h";
        DateTimeOffset from = LivePart.Floor(connection.Time.GetUtcNow(), s_step);
        Told<LivePart> told = await connection.AskAsync(Service, Question($"intensity/{LivePart.Text(from)}/{reach}", reach, LiveFreshness.Forecast), (json, _) => Part(json), cancellation).ConfigureAwait(false);
        // A forecast is one by its nature: that is no remark about some of its values.
        return LivePart.ToTrace(Service, Zone, [told with { Value = told.Value with { Estimated = 0 } }], from, from + horizon, gaps, "forecast");
    }

    private Question Question(string path, string key, TimeSpan freshFor) => new(new Uri(_address, "/" + path), key, freshFor, _ => { });

    private LivePart Part(System.Text.Json.JsonElement json)
    {
        Row[] rows = [.. Rows(AnswerReader.Of(Service, json))];
        return new([.. rows.Select(row => new TraceRow(row.From, row.Value, 0))], rows.Count(row => row.IsForecast), "direct", s_step);
    }

    private static IEnumerable<Row> Rows(AnswerReader answer)
    {
        foreach (AnswerReader item in answer.Field("data").Items())
        {
            DateTimeOffset from = item.Field("from").Time(), to = item.Field("to").Time();
            if (to - from != s_step)
            {
                throw item.Wrong("must be a half-hour", $"{LivePart.Text(from)} to {LivePart.Text(to)}");
            }
            AnswerReader intensity = item.Field("intensity");
            double? actual = intensity.Field("actual").Intensity(), forecast = intensity.Field("forecast").Intensity();
            yield return new(from, actual ?? forecast, actual is null && forecast is not null);
        }
    }

    private void RequireZone(string? zone)
    {
        if (zone is not (null or Zone or "UK"))
        {
            throw new LiveGridException(LiveFault.Refused, $"{Service.Title()} has one zone, {Zone} (was {LiveConnection.Excerpt(zone)}).");
        }
    }

    private sealed record Row(DateTimeOffset From, double? Value, bool IsForecast);
}

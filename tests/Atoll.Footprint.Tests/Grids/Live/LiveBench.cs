using System.Globalization;
using Atoll.Footprint.Grids.Live;

namespace Atoll.Footprint.Tests.Grids.Live;

/// <summary>A connection to a local service with a clock and a cache folder of its own.</summary>
internal sealed class LiveBench : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2018, 1, 20, 12, 10, 0, TimeSpan.Zero);

    private readonly HttpClient _http = LiveConnection.Client();

    public LiveBench(Func<Request, Response> answer, LiveLimits? limits = null)
    {
        Service = new(answer);
        Connection = new(_http, new AnswerCache(Folder), Time, limits ?? new(), new Random(1));
    }

    public LocalService Service { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("atoll-live-").FullName;

    public HastyTime Time { get; } = new(Noon);

    public LiveConnection Connection { get; }

    public UkGridClient Uk => new(Connection, Service.Address);

    public ElectricityMapsClient Maps => new(Connection, "secret-key", Service.Address);

    public WattTimeClient Watt => new(Connection, "someone", "secret-word", Service.Address);

    /// <summary>Half-hours as the UK service documents them.</summary>
    public static string Uk_(params (string From, string To, string Forecast, string Actual)[] rows) => "{ \"data\":[" + string.Join(",", rows.Select(r =>
        $$"""{ "from":"{{r.From}}","to":"{{r.To}}","intensity":{ "forecast":{{r.Forecast}},"actual":{{r.Actual}},"index":"moderate"} }""")) + "]}";

    public static string Maps_(string zone = "DE", string intensity = "302", string datetime = "2018-01-20T11:00:00.000Z", string estimated = "false") => $$"""
        {"zone":"{{zone}}","carbonIntensity":{{intensity}},"datetime":"{{datetime}}","updatedAt":"2018-01-20T11:40:00.123Z","createdAt":"2018-01-18T00:00:00.000Z",
         "emissionFactorType":"lifecycle","isEstimated":{{estimated}},"estimationMethod":{{(estimated == "true" ? "\"TIME_SLICER_AVERAGE\"" : "null")}}}
        """;

    public static string Watt_(string units = "lbs_co2_per_mwh", string values = "[{\"point_time\":\"2018-01-20T12:00:00+00:00\",\"value\":1000.0},{\"point_time\":\"2018-01-20T12:05:00+00:00\",\"value\":870.5}]") =>
        "{\"data\":" + values + ",\"meta\":{\"data_point_period_seconds\":300,\"region\":\"CAISO_NORTH\",\"signal_type\":\"co2_moer\",\"units\":\"" + units + "\",\"warnings\":[]}}";

    /// <summary>Every half-hour that a UK request names, and the one before, as the service answers.</summary>
    public static Response UkRange(Request request)
    {
        string[] parts = request.Target.Split('/');
        DateTimeOffset from = DateTimeOffset.Parse(parts[2], CultureInfo.InvariantCulture), to = parts[3] is "fw24h" ? from.AddHours(24) : parts[3] is "fw48h" ? from.AddHours(48) : DateTimeOffset.Parse(parts[3], CultureInfo.InvariantCulture);
        if (to - from > TimeSpan.FromDays(14))
        {
            return new("""{"error":{"code":"400 Bad Request","message":"The start and end date time should be less than 14 days."}}""", 400);
        }
        List<(string, string, string, string)> rows = [];
        for (DateTimeOffset at = from.AddMinutes(-30); at < to; at = at.AddMinutes(30))
        {
            rows.Add((Text(at), Text(at.AddMinutes(30)), "500", HalfHour(at).ToString(CultureInfo.InvariantCulture)));
        }
        return new(Uk_([.. rows]));
    }

    public static int HalfHour(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / 1800 % 400);

    public void Dispose()
    {
        Service.Dispose();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}

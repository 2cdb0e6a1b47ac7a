using System.Text;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Live;
using static Atoll.Footprint.Tests.Grids.Live.LiveBench;

namespace Atoll.Footprint.Tests.Grids.Live;

/// <summary>Against the shapes of docs.watttime.org, version 3.</summary>
public sealed class WattTimeClientTests
{
    [Fact]
    public async Task Pounds_a_megawatt_hour_become_grams_a_kilowatt_hour_and_the_rate_is_marginal()
    {
        using LiveBench bench = new(Answer(_ => new(Watt_())));
        LiveReading reading = await bench.Watt.LatestAsync("CAISO_NORTH");
        reading.Intensity.Value.ShouldBe(870.5 * 0.45359237, 1e-9);
        reading.IsMarginal.ShouldBeTrue();
        IReadOnlyList<Request> requests = bench.Service.Requests;
        requests[0].Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("someone:secret-word")));
        requests[1].Headers["Authorization"].ShouldBe("Bearer token-1");
        requests[1].Target.ShouldBe("/v3/historical?region=CAISO_NORTH&signal_type=co2_moer&start=2018-01-20T10:10Z&end=2018-01-20T12:10Z");
    }

    [Theory]
    [InlineData("percentile")]
    [InlineData("%")]
    [InlineData("g_co2_per_kwh")]
    public async Task A_percentile_or_another_unit_is_no_intensity(string units)
    {
        using LiveBench bench = new(Answer(_ => new(Watt_(units))));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Watt.LatestAsync("CAISO_NORTH"));
        e.Fault.ShouldBe(LiveFault.NotUnderstood);
        e.Message.ShouldContain("meta.units must be lbs_co2_per_mwh");
    }

    [Fact]
    public async Task The_signal_index_is_never_asked_for()
    {
        using LiveBench bench = new(Answer(_ => new(Watt_(values: "[{\"point_time\":\"2018-01-20T12:05:00Z\",\"value\":1},{\"point_time\":\"2018-01-20T12:10:00Z\",\"value\":2}]"))));
        WattTimeClient client = bench.Watt;
        await client.LatestAsync("CAISO_NORTH");
        await client.HistoryAsync("CAISO_NORTH", Noon.AddHours(-1), Noon, GapRule.Hold);
        await client.ForecastAsync("CAISO_NORTH", TimeSpan.FromHours(1), GapRule.Hold);
        bench.Service.Requests.ShouldAllBe(r => !r.Target.Contains("signal-index"));
    }

    [Fact]
    public async Task One_login_serves_until_the_token_is_old()
    {
        using LiveBench bench = new(Answer(_ => new(Watt_())));
        WattTimeClient client = bench.Watt;
        await client.LatestAsync("CAISO_NORTH");
        await client.HistoryAsync("CAISO_NORTH", Noon.AddHours(-1), Noon, GapRule.Hold);
        Logins(bench).ShouldBe(1);
        bench.Time.Now = Noon.AddMinutes(26);
        await client.LatestAsync("CAISO_NORTH");
        Logins(bench).ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_ran_out_early_is_renewed_once()
    {
        using LiveBench bench = new(Answer(r => r.Headers["Authorization"] == "Bearer token-1" ? new("""{"error":"Token expired"}""", 401) : new(Watt_())));
        (await bench.Watt.LatestAsync("CAISO_NORTH")).Zone.ShouldBe("CAISO_NORTH");
        Logins(bench).ShouldBe(2);
    }

    [Fact]
    public async Task An_account_that_is_refused_is_said_without_its_password()
    {
        using LiveBench bench = new(_ => new("""{"error":"User authentication failed"}""", 403));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Watt.LatestAsync("CAISO_NORTH"));
        e.Fault.ShouldBe(LiveFault.KeyRefused);
        e.Message.ShouldBe("WattTime does not take the key, or not for this (HTTP 403: \"User authentication failed\").");
        e.ToString().ShouldNotContain("secret-word");
    }

    [Fact]
    public async Task Without_an_account_nothing_is_asked()
    {
        using LiveBench bench = new(Answer(_ => new(Watt_())));
        (await Should.ThrowAsync<LiveGridException>(() => new WattTimeClient(bench.Connection, "someone", null, bench.Service.Address).LatestAsync("CAISO_NORTH")))
            .Message.ShouldBe("WattTime needs an account: set WATTTIME_USER and WATTTIME_PASSWORD.");
        bench.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forecast_has_the_steps_that_the_service_states()
    {
        using LiveBench bench = new(Answer(_ => new(Watt_(values: "[{\"point_time\":\"2018-01-20T12:10:00+00:00\",\"value\":1000},{\"point_time\":\"2018-01-20T12:15:00+00:00\",\"value\":500},{\"point_time\":\"2018-01-20T12:25:00+00:00\",\"value\":700}]"))));
        GridTrace trace = await bench.Watt.ForecastAsync("CAISO_NORTH", TimeSpan.FromMinutes(90), GapRule.Interpolate);
        trace.Step.ShouldBe(TimeSpan.FromMinutes(5));
        trace.Intensities.ToArray().ShouldBe([453.59237, 226.796185, 272.155422, 317.514659], 1e-9);
        bench.Service.Requests[1].Target.ShouldBe("/v3/forecast?region=CAISO_NORTH&signal_type=co2_moer&horizon_hours=2");
    }

    [Theory]
    [InlineData("{\"data\":[],\"meta\":{\"units\":\"lbs_co2_per_mwh\",\"data_point_period_seconds\":300}}", LiveFault.Missing, "has no rate of CAISO_NORTH")]
    [InlineData("{\"data\":[{\"point_time\":\"2018-01-20T12:00:00Z\",\"value\":null}],\"meta\":{\"units\":\"lbs_co2_per_mwh\",\"data_point_period_seconds\":300}}", LiveFault.Missing, "has no rate of CAISO_NORTH")]
    [InlineData("{\"data\":[],\"meta\":{\"units\":\"lbs_co2_per_mwh\",\"data_point_period_seconds\":0}}", LiveFault.NotUnderstood, "data_point_period_seconds must be")]
    [InlineData("{\"data\":[],\"meta\":{\"units\":\"lbs_co2_per_mwh\",\"data_point_period_seconds\":300,\"region\":\"PJM_DC\"}}", LiveFault.NotUnderstood, "meta.region must be the region that was asked for, CAISO_NORTH")]
    [InlineData("{\"data\":[],\"meta\":{\"units\":\"lbs_co2_per_mwh\",\"data_point_period_seconds\":300,\"signal_type\":\"health_damage\"}}", LiveFault.NotUnderstood, "meta.signal_type must be co2_moer")]
    [InlineData("{\"data\":[]}", LiveFault.NotUnderstood, "must have a field 'meta'")]
    public async Task What_is_not_as_documented_is_named(string body, LiveFault fault, string says)
    {
        using LiveBench bench = new(Answer(_ => new(body)));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Watt.LatestAsync("CAISO_NORTH"));
        e.Fault.ShouldBe(fault);
        e.Message.ShouldContain(says);
    }

    private static Func<Request, Response> Answer(Func<Request, Response> data)
    {
        int logins = 0;
        return request => request.Target == "/login" ? new($$"""{"token":"token-{{Interlocked.Increment(ref logins)}}"}""") : data(request);
    }

    private static int Logins(LiveBench bench) => bench.Service.Requests.Count(r => r.Target == "/login");
}

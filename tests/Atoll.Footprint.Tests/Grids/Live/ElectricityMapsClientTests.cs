using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Live;
using static Atoll.Footprint.Tests.Grids.Live.LiveBench;

namespace Atoll.Footprint.Tests.Grids.Live;

/// <summary>Against the shapes of version 3 as the service documents them.</summary>
public sealed class ElectricityMapsClientTests
{
    [Fact]
    public async Task The_latest_value_comes_with_what_it_is()
    {
        using LiveBench bench = new(_ => new(Maps_(estimated: "true")));
        LiveReading reading = await bench.Maps.LatestAsync("DE");
        (reading.Intensity.Value, reading.IsEstimated, reading.EmissionFactorType, reading.IsMarginal).ShouldBe((302, true, "lifecycle", false));
        reading.Notes.ShouldHaveSingleItem().ShouldContain("TIME_SLICER_AVERAGE");
        Request request = bench.Service.Requests.Single();
        request.Target.ShouldBe("/v3/carbon-intensity/latest?zone=DE");
        request.Headers["auth-token"].ShouldBe("secret-key");
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked()
    {
        using LiveBench bench = new(_ => new(Maps_()));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => new ElectricityMapsClient(bench.Connection, "", bench.Service.Address).LatestAsync("DE"));
        e.Fault.ShouldBe(LiveFault.KeyMissing);
        e.Message.ShouldBe("Electricity Maps needs a key: set ELECTRICITY_MAPS_KEY.");
        bench.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_the_service_repeats_is_not_shown()
    {
        using LiveBench bench = new(request => new($$"""{"error":"the token {{request.Headers["auth-token"]}} is unknown"}""") { Status = 401 });
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        e.Message.ShouldContain("the token … is unknown");
        e.ToString().ShouldNotContain("secret-key");
    }

    [Fact]
    public async Task History_of_a_day_and_of_longer_have_their_own_questions()
    {
        using LiveBench bench = new(request => new(request.Target.Contains("past-range", StringComparison.Ordinal)
            ? """{"zone":"DE","data":[{"datetime":"2018-01-10T00:00:00.000Z","carbonIntensity":100,"isEstimated":true},{"datetime":"2018-01-10T01:00:00.000Z","carbonIntensity":null},{"datetime":"2018-01-10T02:00:00.000Z","carbonIntensity":200}]}"""
            : """{"zone":"DE","history":[{"zone":"DE","datetime":"2018-01-20T10:00:00.000Z","carbonIntensity":1,"emissionFactorType":"lifecycle"},{"zone":"DE","datetime":"2018-01-20T11:00:00.000Z","carbonIntensity":2,"emissionFactorType":"lifecycle"}]}"""));
        GridTrace past = await bench.Maps.HistoryAsync("DE", new(2018, 1, 10, 0, 0, 0, TimeSpan.Zero), new(2018, 1, 11, 0, 0, 0, TimeSpan.Zero), GapRule.Interpolate);
        past.Intensities.ToArray().ShouldBe([100, 150, 200]);
        past.Notes.Count.ShouldBe(2);
        GridTrace recent = await bench.Maps.HistoryAsync("DE", Noon.AddHours(-5), Noon, GapRule.Refuse);
        recent.Intensities.ToArray().ShouldBe([1, 2]);
        recent.Origin.Note!.ShouldContain("average, lifecycle");
        bench.Service.Requests.Select(r => r.Target).ShouldBe(["/v3/carbon-intensity/past-range?zone=DE&start=2018-01-10T00:00Z&end=2018-01-11T00:00Z", "/v3/carbon-intensity/history?zone=DE"]);
    }

    [Fact]
    public async Task A_forecast_is_asked_for_at_the_next_longer_horizon_and_cut_to_the_one_wanted()
    {
        using LiveBench bench = new(_ => new("""{"zone":"DE","forecast":[{"carbonIntensity":9,"datetime":"2018-01-20T11:00:00.000Z"},{"carbonIntensity":1,"datetime":"2018-01-20T12:00:00.000Z"},{"carbonIntensity":2,"datetime":"2018-01-20T13:00:00.000Z"},{"carbonIntensity":3,"datetime":"2018-01-20T14:00:00.000Z"}],"updatedAt":"2018-01-20T12:00:00.000Z"}"""));
        (await bench.Maps.ForecastAsync("DE", TimeSpan.FromHours(2), GapRule.Refuse)).Intensities.ToArray().ShouldBe([1, 2]);
        bench.Service.Requests.Single().Target.ShouldBe("/v3/carbon-intensity/forecast?zone=DE&horizonHours=6");
    }

    [Theory]
    [InlineData("DE", "null", "2018-01-20T11:00:00.000Z", LiveFault.Missing, "has no intensity of DE for 2018-01-20T11:00Z (it is null)")]
    [InlineData("FR", "50", "2018-01-20T11:00:00.000Z", LiveFault.NotUnderstood, "zone must be the zone that was asked for, DE (was \"\"FR\"\")")]
    [InlineData("DE", "50", "2018-01-20T05:00:00.000Z", LiveFault.Stale, "must be at most 6 h old, but is of 2018-01-20T05:00Z")]
    [InlineData("DE", "-1", "2018-01-20T11:00:00.000Z", LiveFault.NotUnderstood, "carbonIntensity must be an intensity")]
    [InlineData("DE", "1e300", "2018-01-20T11:00:00.000Z", LiveFault.NotUnderstood, "carbonIntensity must be an intensity")]
    [InlineData("DE", "\"302\"", "2018-01-20T11:00:00.000Z", LiveFault.NotUnderstood, "carbonIntensity must be an intensity")]
    public async Task What_is_null_stale_absurd_or_of_another_zone_is_refused(string zone, string intensity, string datetime, LiveFault fault, string says)
    {
        using LiveBench bench = new(_ => new(Maps_(zone, intensity, datetime)));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        e.Fault.ShouldBe(fault);
        e.Message.ShouldContain(says);
    }
}

using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Live;
using static Atoll.Footprint.Tests.Grids.Live.LiveBench;

namespace Atoll.Footprint.Tests.Grids.Live;

/// <summary>Against the shapes of carbon-intensity.github.io/api-definitions.</summary>
public sealed class UkGridClientTests
{
    private static readonly (string, string, string, string) s_before = ("2018-01-20T11:30Z", "2018-01-20T12:00Z", "270", "281");

    [Fact]
    public async Task The_present_half_hour_is_taken_wherever_it_stands()
    {
        using LiveBench bench = new(_ => new(Uk_(s_before, ("2018-01-20T12:00Z", "2018-01-20T12:30Z", "266", "263"))));
        LiveReading reading = await bench.Uk.LatestAsync(null);
        reading.Intensity.Value.ShouldBe(263);
        reading.IsEstimated.ShouldBe(false);
        (reading.IsMarginal, reading.EmissionFactorType, reading.Zone).ShouldBe((false, "direct", "GB"));
        reading.Origin.Note!.ShouldContain("2018-01-20T12:00Z, average, direct");
    }

    [Fact]
    public async Task Where_the_actual_is_null_the_forecast_stands_in_and_is_called_one()
    {
        using LiveBench bench = new(_ => new(Uk_(("2018-01-20T12:00Z", "2018-01-20T12:30Z", "266", "null"))));
        LiveReading reading = await bench.Uk.LatestAsync("GB");
        reading.Intensity.Value.ShouldBe(266);
        reading.IsEstimated.ShouldBe(true);
        reading.Notes.ShouldHaveSingleItem().ShouldContain("its forecast was used");
    }

    [Fact]
    public async Task A_range_of_more_than_14_days_is_asked_for_in_pieces_and_has_each_half_hour_once()
    {
        using LiveBench bench = new(UkRange);
        DateTimeOffset from = new(2017, 12, 1, 0, 0, 0, TimeSpan.Zero), to = from.AddDays(30);
        GridTrace trace = await bench.Uk.HistoryAsync(null, from, to, GapRule.Refuse);
        trace.Start.ShouldBe(from);
        trace.Step.ShouldBe(TimeSpan.FromMinutes(30));
        trace.Intensities.ToArray().ShouldBe([.. Enumerable.Range(0, 30 * 48).Select(i => (double)HalfHour(from.AddMinutes(30 * i)))]);
        bench.Service.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Half_hours_without_any_value_are_gaps()
    {
        using LiveBench bench = new(_ => new(Uk_(("2018-01-20T10:00Z", "2018-01-20T10:30Z", "100", "null"), ("2018-01-20T10:30Z", "2018-01-20T11:00Z", "null", "null"), ("2018-01-20T11:00Z", "2018-01-20T11:30Z", "1", "200"))));
        GridTrace trace = await bench.Uk.HistoryAsync(null, Noon.AddHours(-3), Noon, GapRule.Interpolate);
        trace.Intensities.ToArray().ShouldBe([100, 150, 200]);
        trace.Notes.Count.ShouldBe(2); // one value is a forecast; one is missing
        await Should.ThrowAsync<TraceException>(() => bench.Uk.HistoryAsync(null, Noon.AddHours(-3), Noon, GapRule.Refuse));
    }

    [Theory]
    [InlineData(12, "fw24h", 24)]
    [InlineData(40, "fw48h", 80)]
    public async Task A_forecast_begins_with_the_present_half_hour_and_is_as_long_as_asked(int hours, string asked, int steps)
    {
        using LiveBench bench = new(UkRange);
        GridTrace trace = await bench.Uk.ForecastAsync(null, TimeSpan.FromHours(hours), GapRule.Refuse);
        trace.Start.ShouldBe(new DateTimeOffset(2018, 1, 20, 12, 0, 0, TimeSpan.Zero));
        trace.Intensities.Length.ShouldBe(steps);
        bench.Service.Requests.Single().Target.ShouldBe($"/intensity/2018-01-20T12:00Z/{asked}");
    }

    [Theory]
    [InlineData("{\"data\":[]}", LiveFault.Missing, "neither an actual nor a forecast")]
    [InlineData("{\"data\":{}}", LiveFault.NotUnderstood, "data must be a list")]
    [InlineData("{\"value\":3}", LiveFault.NotUnderstood, "must have a field 'data'")]
    [InlineData("[]", LiveFault.NotUnderstood, "must have a field 'data'")]
    [InlineData("{\"data\":[{\"from\":\"2018-01-20T12:00Z\",\"to\":\"2018-01-20T12:30Z\",\"intensity\":{\"forecast\":null,\"actual\":null,\"index\":\"low\"}}]}", LiveFault.Missing, "neither")]
    [InlineData("{\"data\":[{\"from\":\"2018-01-20T12:00Z\",\"to\":\"2018-01-20T12:30Z\",\"intensity\":{\"forecast\":266,\"actual\":-4,\"index\":\"low\"}}]}", LiveFault.NotUnderstood, "data[0].intensity.actual must be an intensity")]
    [InlineData("{\"data\":[{\"from\":\"2018-01-20T12:00Z\",\"to\":\"2018-01-20T12:30Z\",\"intensity\":{\"forecast\":266,\"actual\":1e9,\"index\":\"low\"}}]}", LiveFault.NotUnderstood, "must be an intensity")]
    [InlineData("{\"data\":[{\"from\":\"2018-01-20T12:00Z\",\"to\":\"2018-01-20T12:30Z\",\"intensity\":{\"forecast\":\"266\",\"actual\":\"260\",\"index\":\"low\"}}]}", LiveFault.NotUnderstood, "must be an intensity")]
    [InlineData("{\"data\":[{\"from\":\"2018-01-20T12:00Z\",\"to\":\"2018-01-20T13:00Z\",\"intensity\":{\"forecast\":266,\"actual\":260,\"index\":\"low\"}}]}", LiveFault.NotUnderstood, "must be a half-hour")]
    [InlineData("{\"data\":[{\"from\":\"noon\",\"to\":\"2018-01-20T13:00Z\",\"intensity\":{\"forecast\":266,\"actual\":260,\"index\":\"low\"}}]}", LiveFault.NotUnderstood, "data[0].from must be a time")]
    [InlineData("{\"data\":[{\"from\":\"2018-01-19T12:00Z\",\"to\":\"2018-01-19T12:30Z\",\"intensity\":{\"forecast\":266,\"actual\":260,\"index\":\"low\"}}]}", LiveFault.Stale, "must be at most 6 h old")]
    public async Task What_is_not_as_documented_is_named(string body, LiveFault fault, string says)
    {
        using LiveBench bench = new(_ => new(body));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Uk.LatestAsync(null));
        e.Fault.ShouldBe(fault);
        e.Message.ShouldContain(says);
    }

    [Fact]
    public async Task An_error_of_the_service_is_passed_on_in_its_words()
    {
        using LiveBench bench = new(_ => new("""{"error":{"code":"400 Bad Request","message":"Please enter a valid start date"}}""", 400));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Uk.LatestAsync(null));
        (e.Fault, bench.Service.Requests.Count).ShouldBe((LiveFault.Refused, 1));
        e.Message.ShouldBe("the UK Carbon Intensity API does not take the request (HTTP 400: \"Please enter a valid start date\").");
    }

    [Fact]
    public async Task Another_zone_is_refused_unasked()
    {
        using LiveBench bench = new(_ => new("{}"));
        (await Should.ThrowAsync<LiveGridException>(() => bench.Uk.LatestAsync("DE"))).Fault.ShouldBe(LiveFault.Refused);
        bench.Service.Requests.ShouldBeEmpty();
    }
}

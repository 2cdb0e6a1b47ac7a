using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Live;
using Atoll.Footprint.Quantities;
using static Atoll.Footprint.Tests.Grids.Live.LiveBench;

namespace Atoll.Footprint.Tests.Grids.Live;

public sealed class LiveGridsTests
{
    private static readonly GridEntry s_germany = Catalog.BuiltIn.Grid("DE");

    [Fact]
    public async Task A_service_that_works_is_used()
    {
        using LiveBench bench = new(_ => new(Maps_()));
        ResolvedGrid<Quantity<CarbonIntensity>> resolved = await Grids(bench).ResolveAsync(LiveService.ElectricityMaps, "DE", s_germany);
        (resolved.Value.Value, resolved.IsLive).ShouldBe((302, true));
        resolved.Notes.ShouldBeEmpty();
        resolved.Origin.Source.ShouldBe("Electricity Maps, zone DE");
    }

    [Theory]
    [InlineData(500, "{}", "has failed")]
    [InlineData(429, "{}", "asks for fewer requests")]
    [InlineData(401, "{}", "does not take the key")]
    [InlineData(200, "<html>", "web page")]
    [InlineData(200, "{\"zone\":\"FR\"}", "must be the zone that was asked for")]
    [InlineData(200, "{\"zone\":\"DE\",\"datetime\":\"2018-01-20T11:00:00Z\",\"carbonIntensity\":null}", "it is null")]
    public async Task Whatever_a_service_does_a_plan_goes_on_with_the_annual_mean_and_says_so(int status, string body, string why)
    {
        using LiveBench bench = new(_ => new(body, status));
        ResolvedGrid<Quantity<CarbonIntensity>> resolved = await Grids(bench).ResolveAsync(LiveService.ElectricityMaps, "DE", s_germany);
        (resolved.Value, resolved.IsLive).ShouldBe((s_germany.Intensity.Value, false));
        string note = resolved.Notes.ShouldHaveSingleItem();
        note.ShouldContain(why);
        note.ShouldContain("The annual mean of Germany was used instead: 342 g/kWh in 2024 (ember-2024, life cycle).");
        resolved.Origin.Note!.ShouldContain("in place of a live value");
    }

    [Fact]
    public async Task Without_a_key_the_annual_mean_is_used_too()
    {
        using LiveBench bench = new(_ => new(Maps_()));
        LiveGrids grids = new(bench.Connection, _ => null) { Addresses = Everywhere(bench) };
        (await grids.ResolveAsync(LiveService.WattTime, "CAISO_NORTH", s_germany)).Notes.ShouldHaveSingleItem().ShouldContain("WATTTIME_USER");
        bench.Service.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_forecast_that_cannot_be_had_is_the_annual_mean_at_each_hour()
    {
        using LiveBench bench = new(_ => new("", 500));
        ResolvedGrid<GridTrace> resolved = await Grids(bench).ResolveForecastAsync(LiveService.Uk, null, TimeSpan.FromHours(3), s_germany);
        resolved.Value.Intensities.ToArray().ShouldBe([342.1, 342.1, 342.1]);
        resolved.Value.Start.ShouldBe(new DateTimeOffset(2018, 1, 20, 12, 0, 0, TimeSpan.Zero));
        resolved.Notes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_forecast_whose_times_do_not_ascend_is_not_used()
    {
        using LiveBench bench = new(_ => new("""{"zone":"DE","forecast":[{"carbonIntensity":1,"datetime":"2018-01-20T13:00:00.000Z"},{"carbonIntensity":2,"datetime":"2018-01-20T12:00:00.000Z"}],"updatedAt":"2018-01-20T12:00:00.000Z"}"""));
        ResolvedGrid<GridTrace> resolved = await Grids(bench).ResolveForecastAsync(LiveService.ElectricityMaps, "DE", TimeSpan.FromHours(3), s_germany);
        resolved.IsLive.ShouldBeFalse();
        resolved.Notes[0].ShouldContain("times must ascend");
    }

    [Theory]
    [InlineData(LiveService.Uk, null, "GB")]
    [InlineData(LiveService.ElectricityMaps, "SE-SE1", "SE1")]
    [InlineData(LiveService.ElectricityMaps, "US-CAL-CISO", "CISO")]
    [InlineData(LiveService.ElectricityMaps, "DK-DK1", "DK")]
    [InlineData(LiveService.ElectricityMaps, "XX-ATLANTIS", "world")]
    [InlineData(LiveService.WattTime, "CAISO_NORTH", "CISO")]
    [InlineData(LiveService.WattTime, "PJM_DC", "PJM")]
    public void The_nearest_grid_of_the_catalog_stands_in(LiveService service, string? zone, string expected) =>
        LiveGrids.Fallback(service, zone, Catalog.BuiltIn).Name.ShouldBe(expected);

    private static LiveGrids Grids(LiveBench bench) => new(bench.Connection, _ => "some-key") { Addresses = Everywhere(bench) };

    private static Dictionary<LiveService, Uri> Everywhere(LiveBench bench) => Enum.GetValues<LiveService>().ToDictionary(s => s, _ => bench.Service.Address);
}

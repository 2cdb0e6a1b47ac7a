using System.Text.Json;
using Atoll.Experiments.Results;

namespace Atoll.Experiments.Tests;

public sealed class RunResultJsonTests
{
    private static readonly RunResult Result = new()
    {
        Name = "hospitals",
        Seed = ulong.MaxValue,
        Repeats = 3,
        Atoll = "0.1.0",
        Machine = new() { Processor = "p", Cores = 2, Threads = 1, OperatingSystem = "o", Runtime = "r", Vectors = "avx2" },
        Data = new() { Task = "classification", Classes = ["no", "yes"], Features = 13, DroppedRows = 1, Sites = [Site("north"), Site("süd \"s\"")] },
        Baseline = "centralized",
        Arms =
        [
            new()
            {
                Name = "fedavg", Kind = "federated", Parameters = 14, ModelSha256 = new string('a', 64), BytesUp = long.MaxValue, BytesDown = 2, Flops = 3,
                Seconds = 0.1, SamplesPerSecond = 1.0 / 3,
                Rounds = [new() { Round = 1, Loss = 0.5, Metrics = Metrics(0.1), Bytes = 9, Seconds = 0.01 }, new() { Round = 2, Metrics = new Dictionary<string, double?>(), Bytes = 9, Seconds = 0 }],
                Final = new()
                {
                    PerSite = [new() { Site = "north", Metrics = Metrics(null), Sd = Metrics(0.2) }],
                    MeanOfSites = Metrics(0.7), WorstSite = new() { Site = "north", Metrics = Metrics(0.6) }, Pooled = Metrics(0.8),
                    MeanOfSitesSd = Metrics(0.01), PooledSd = Metrics(0.02),
                },
                GapToBaseline = Metrics(-0.01),
                Settings = new Dictionary<string, string> { ["rounds"] = "15" },
            },
            new() { Name = "bad", Kind = "local", Rounds = [], Stopped = "diverged in round 3 at site north", Parameters = 1, BytesUp = 0, BytesDown = 0, Flops = 0, Seconds = 0, SamplesPerSecond = 0 },
        ],
    };

    [Fact]
    public void A_result_reads_back_to_an_equal_one()
    {
        string json = Write(Result);

        RunResult back = Read(json);

        back.ShouldHoldTheSameAs(Result);
        Write(back).ShouldBe(json);
    }

    [Fact]
    public void A_footprint_and_a_forecast_read_back_and_a_result_without_them_does_too()
    {
        RunResult with = Result with
        {
            Forecast = new() { Name = "hospitals", Seed = 7, Arms = [new() { Name = "centralized", Flops = 1, BytesUp = 2, BytesDown = 3, Seconds = 0.5, EnergyKWh = 1e-7 }], Notes = ["counted"] },
            Arms = [Result.Arms[0] with { Footprint = Footprint }, .. Result.Arms.Skip(1)],
        };
        string json = Write(with);

        Read(json).ShouldHoldTheSameAs(with);
        Write(Read(json)).ShouldBe(json);
        JsonElement footprint = JsonDocument.Parse(json).RootElement.GetProperty("arms")[0].GetProperty("footprint");
        footprint.EnumerateObject().Select(p => p.Name).ShouldBe(["measured", "modelled"]);
        footprint.GetProperty("modelled").GetProperty("carbonKg").EnumerateObject().Select(p => p.Name).ShouldBe(["locationBased", "marketBased", "network", "embodied", "total"]);
        Read(Write(Result)).Arms[0].Footprint.ShouldBeNull();
        Should.Throw<JsonException>(() => Read(json.Replace("\"carbonKg\"", "\"carbonGrams\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Members_are_named_as_documented()
    {
        JsonElement arm = JsonDocument.Parse(Write(Result)).RootElement.GetProperty("arms")[0];

        arm.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["name", "kind", "rounds", "final", "gapToBaseline", "parameters", "modelSha256", "bytesUp", "bytesDown", "flops", "seconds", "samplesPerSecond", "settings"]);
        arm.GetProperty("final").EnumerateObject().Select(p => p.Name).ShouldBe(["perSite", "meanOfSites", "worstSite", "pooled", "meanOfSitesSd", "pooledSd"]);
    }

    [Fact]
    public void A_metric_that_is_not_defined_stays_null() =>
        Read(Write(Result)).Arms[0].Final!.PerSite[0].Metrics["auc"].ShouldBeNull();

    [Theory]
    [InlineData("\"repeats\":", "\"repeat\":")]
    [InlineData("\"baseline\": \"centralized\",", "")]
    [InlineData("\"baseline\":", "\"name\": \"again\", \"baseline\":")]
    [InlineData("\"cores\": 2", "\"cores\": \"2\"")]
    [InlineData("\"name\": \"hospitals\"", "\"name\": null")]
    public void What_is_unknown_missing_duplicate_or_of_the_wrong_type_is_refused(string good, string bad)
    {
        string json = Write(Result);
        json.ShouldContain(good);

        Should.Throw<JsonException>(() => Read(json.Replace(good, bad)));
    }

    private static ArmFootprint Footprint => new()
    {
        Measured = new()
        {
            Seconds = 2,
            Energy = [new() { Component = "processor", EnergyKWh = 1e-6, Basis = "measured", Source = "RAPL" }],
            EnergyKWh = 1e-6,
            CarbonKg = 3e-7,
            Notes = ["a note"],
        },
        Modelled = new()
        {
            WallClockHours = 1, ComputeHours = 0.5, MovementHours = 0.1, EnergyKWh = new(1, 2, 3, 6), CarbonKg = new(1, 2, 3, 4, 8), WaterLitres = 5, CostUsd = new(1, 2, 3, 6), EffectivePue = 6, BytesMoved = 7,
            Sites = [new() { Site = "north", Flops = 1, BytesUp = 2, BytesDown = 3 }],
            Provenance = [new() { Path = "sites.north.pue", Unit = "", Value = 1.2, Low = 1.1, High = 1.3, Basis = "assumed", Source = "nobody", Year = 2024 }],
        },
    };

    private static SiteFacts Site(string name) => new() { Name = name, TrainRows = 2, TestRows = 1, Labels = new Dictionary<string, int> { ["no"] = 1, ["yes"] = 2 } };

    private static Dictionary<string, double?> Metrics(double? value) => new() { ["accuracy"] = value, ["auc"] = null };

    private static string Write(RunResult result) => JsonSerializer.Serialize(result, RunResultJson.Default.RunResult);

    private static RunResult Read(string json) => JsonSerializer.Deserialize(json, RunResultJson.Default.RunResult)!;
}

using Atoll.Experiments.Results;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Tests.Samples;

/// <summary>Plans as the planner would make them: a frontier run on one site, two regions and eight, by a few lines of arithmetic.</summary>
internal static class SamplePlan
{
    private const double Flops = 6 * 100e9 * 2e12;
    private const string Link = "links.frankfurt-lulea.bandwidth";

    public static PlanResult Frontier()
    {
        ArmPlan[] arms =
        [
            Arm("frankfurt", "centralized", chips: 8192, gigabits: 0, utilization: 1, intensity: 342.1, market: 120, tariff: 0.25, pue: 1.2, wue: 0.9, waiting: 0, movement: 6.2),
            Arm("two-regions-synchronous", "data-parallel", chips: 8192, gigabits: 10, utilization: 0.31, intensity: 188, market: 66, tariff: 0.17, pue: 1.15, wue: 0.6, waiting: 0, movement: 0),
            Arm("islands", "streaming-diloco", chips: 8192, gigabits: 10, utilization: 0.962, intensity: 179, market: 61, tariff: 0.16, pue: 1.15, wue: 0.55, waiting: 0.8, movement: 0, loss: 1.0042),
            Arm("eight-regions", "diloco", chips: 8192, gigabits: 5, utilization: 0.884, intensity: 141.5, market: 70, tariff: 0.13, pue: 1.18, wue: 0.7, waiting: 5.1, movement: 0, loss: 1.0173),
            Arm("lulea-when-clean", "carbon-aware", chips: 8192, gigabits: 0, utilization: 1, intensity: 15.9, market: 4, tariff: 0.094, pue: 1.1, wue: 0.18, waiting: 38, movement: 14.4) with { Timeline = Shift() },
        ];
        return new()
        {
            Name = "plan-frontier",
            Atoll = "0.1.0",
            Workload = "100 B parameters, 2 T tokens, 1.20 × 10²⁴ FLOP in bf16",
            Baseline = "frankfurt",
            Arms = arms,
            Pareto = ["frankfurt", "islands", "lulea-when-clean"],
            Solved =
            [
                new() { Vary = Link, Until = "arms.islands.utilization", Reaches = 0.95, Value = 4.31e9, Unit = "bit/s" },
                new() { Vary = "sites.lulea.pue", Until = "arms.lulea-when-clean.cost-usd.total", Reaches = 1_000_000, Value = null, Unit = "", Note = "At its lowest, 1, the cost is still $2.57 M: hardware alone is more." },
            ],
            BreakEvens =
            [
                new() { Vary = Link, By = "cost-usd.total", Value = 4.31e9, Unit = "bit/s", Below = "frankfurt", Above = "islands", Text = "Below 4.31 Gbit/s between frankfurt and lulea, frankfurt alone is cheaper than islands." },
                new() { Vary = "links.frankfurt-lulea.fibre", By = "cost-usd.total", Value = 61.4, Unit = "$/m", Below = "islands", Above = "frankfurt", Text = "Above $18.7 a foot of fibre, two sites lose to frankfurt alone." },
            ],
            Sweeps = [Curves(), Map()],
            Recommendation = new()
            {
                Arm = "islands",
                Reasons =
                [
                    "It emits 49 % less than frankfurt alone and costs 3.6 % less, for an expected loss 0.4 % higher.",
                    "It takes 1 hour less than frankfurt, whose raw data must be moved first, though 3.8 % of the time its accelerators wait for the network.",
                    "lulea-when-clean emits 94 % less, but takes 46 hours more and needs the raw data moved to Sweden.",
                    "Below 4.31 Gbit/s between frankfurt and lulea, or if carbon did not matter, frankfurt would be chosen.",
                ],
            },
            Draws = 2000,
            Provenance = Inputs(),
            Notes =
            [
                "The grid of lulea is an annual mean in one factor set (15.9 g/kWh); Ember’s national figure for Sweden is 35.9 g/kWh.",
                "Electricity Maps did not answer within 5 s: the trace se1.csv of 2024 is used for lulea-when-clean.",
            ],
        };
    }

    /// <summary>One arm and nothing else: no sweeps, no draws, no tornado.</summary>
    public static PlanResult Alone()
    {
        var plan = Frontier();
        return plan with
        {
            Name = "one-site",
            Arms = [plan.Arms[0] with { Tornado = [], Range = new Dictionary<string, Percentiles>(), LinkBytes = new Dictionary<string, double>() }],
            Pareto = ["frankfurt"],
            Solved = [],
            BreakEvens = [],
            Sweeps = [],
            Draws = 0,
            Notes = [],
            Recommendation = new() { Arm = "frankfurt", Reasons = ["It is the only arm."] },
        };
    }

    /// <summary>Twelve arms with long names.</summary>
    public static PlanResult Many()
    {
        var plan = Frontier();
        ArmPlan[] arms = [.. Enumerable.Range(0, 12).Select(i => Scaled(plan.Arms[i % 5], 1 + (0.06 * i)) with
        {
            Name = i == 0 ? "frankfurt" : $"{plan.Arms[i % 5].Name}-with-{(i % 3 == 0 ? "leased-dark-fibre-over-the-baltic" : "rented-accelerators")}-{i}",
        })];
        return plan with
        {
            Name = "many-arms",
            Solved = [],
            Arms = arms,
            Pareto = [arms[0].Name, arms[7].Name],
            Sweeps = [.. plan.Sweeps.Select(sweep => sweep with { Arms = arms.Select((arm, i) => (arm.Name, Values: (IReadOnlyList<double?>)[.. sweep.Arms.Values.ElementAt(i % sweep.Arms.Count).Select(v => v * (1 + (0.01 * i)))])).ToDictionary(pair => pair.Name, pair => pair.Values) })],
            Recommendation = plan.Recommendation with { Arm = arms[7].Name },
        };
    }

    /// <summary>The same arm, so many times as long and as dear.</summary>
    private static ArmPlan Scaled(ArmPlan arm, double by) => arm with
    {
        WallClockHours = arm.WallClockHours * by,
        ComputeHours = arm.ComputeHours * by,
        ExposedCommunicationHours = arm.ExposedCommunicationHours * by,
        WaitingHours = arm.WaitingHours * by,
        MovementHours = arm.MovementHours * by,
        CostUsd = new(arm.CostUsd.Hardware * by, arm.CostUsd.Electricity * by, arm.CostUsd.Network * by, arm.CostUsd.Total * by),
        CostPerExaflopUsd = arm.CostPerExaflopUsd * by,
        Range = arm.Range.ToDictionary(pair => pair.Key, pair => pair.Key is "wallClockHours" or "costUsd.total" or "costPerExaflopUsd" ? new Percentiles(pair.Value.P05 * by, pair.Value.P95 * by) : pair.Value),
        Tornado = [.. arm.Tornado.Select(influence => influence with { AtLow = influence.AtLow * by, AtHigh = influence.AtHigh * by })],
    };

    private static ArmPlan Arm(string name, string kind, double chips, double gigabits, double utilization, double intensity, double market, double tariff, double pue, double wue, double waiting, double movement, double? loss = null)
    {
        var compute = Flops / (chips * 400e12) / 3600;
        var exposed = compute * ((1 / utilization) - 1);
        var wall = compute + exposed + waiting + movement;
        var energy = chips * 0.7 * 1.35 * compute;
        var overhead = (energy * (pue - 1)) + (chips * 0.07 * exposed);
        var bytes = kind switch { "data-parallel" => 2 * 100e9 * 2 * 240_000.0, "streaming-diloco" => 0.5 * 100e9 * 2 * 2400.0, "diloco" => 8 * 2 * 100e9 * 2 * 480.0, _ => 45e12 };
        var network = bytes / 1e9 * 0.006;
        var carbon = new CarbonPlan((energy + overhead) * intensity / 1000, (energy + overhead) * market / 1000, network * 0.25, chips * 164 * wall / (6 * 8760 * 0.85), 0);
        carbon = carbon with { Total = carbon.LocationBased + carbon.Network + carbon.Embodied };
        var cost = new CostPlan(chips * 2.95 * (wall - waiting), (energy + overhead) * tariff, gigabits * 4200 + (bytes / 1e9 * 0.0009), 0);
        cost = cost with { Total = cost.Hardware + cost.Electricity + cost.Network };
        var total = energy + overhead + network;
        return new()
        {
            Name = name,
            Kind = kind,
            WallClockHours = wall,
            ComputeHours = compute,
            ExposedCommunicationHours = exposed,
            HiddenCommunicationHours = gigabits > 0 ? compute * 0.4 : 0,
            WaitingHours = waiting,
            MovementHours = movement,
            Utilization = utilization,
            EnergyKWh = new(energy, overhead, network, total),
            CarbonKg = carbon,
            WaterLitres = (energy + overhead) * wue,
            CostUsd = cost,
            CapitalUsd = gigabits > 0 ? 42.6e6 : 0,
            CostPerExaflopUsd = cost.Total / (Flops / 1e18),
            SciGramsPerExaflop = carbon.Total * 1e3 / (Flops / 1e18),
            EffectivePue = total / energy,
            LossRatio = loss ?? 1,
            LinkBytes = gigabits > 0 ? new Dictionary<string, double> { ["frankfurt-lulea"] = bytes } : movement > 10 ? new Dictionary<string, double> { ["frankfurt-lulea"] = 45e12 } : new Dictionary<string, double>(),
            Range = new Dictionary<string, Percentiles>
            {
                ["wallClockHours"] = new(wall * 0.92, wall * 1.14),
                ["utilization"] = new(utilization * 0.98, Math.Min(1, utilization * 1.015)),
                ["energyKWh.total"] = new(total * 0.88, total * 1.19),
                ["carbonKg.total"] = new(carbon.Total * 0.71, carbon.Total * 1.52),
                ["carbonKg.locationBased"] = new(carbon.LocationBased * 0.69, carbon.LocationBased * 1.55),
                ["carbonKg.marketBased"] = new(carbon.MarketBased * 0.69, carbon.MarketBased * 1.55),
                ["waterLitres"] = new((energy + overhead) * wue * 0.6, (energy + overhead) * wue * 1.6),
                ["costUsd.total"] = new(cost.Total * 0.58, cost.Total * 1.87),
                ["costPerExaflopUsd"] = new(cost.Total * 0.58 / 1.2e6, cost.Total * 1.87 / 1.2e6),
                ["effectivePue"] = new((total / energy) - 0.04, (total / energy) + 0.06),
            },
            Tornado =
            [
                new("sites.frankfurt.accelerator.price", "cost-usd.total", cost.Total * 0.55, cost.Total * 1.95),
                new("sites.frankfurt.accelerator.achieved", "cost-usd.total", cost.Total * 1.27, cost.Total * 0.83),
                new("sites.frankfurt.tariff", "cost-usd.total", cost.Total * 0.97, cost.Total * 1.05),
                new(Link, "cost-usd.total", cost.Total * 1.04, cost.Total * 1.006),
                new("sites.lulea.grid.intensity", "cost-usd.total", cost.Total, cost.Total * 1.001),
            ],
            Privacy = kind switch
            {
                "centralized" => new() { RawData = "from lulea to frankfurt", CoordinatorSees = "everything", Facts = ["Raw data of Sweden are processed in Germany: a transfer inside the European Economic Area."] },
                "carbon-aware" => new() { RawData = "from frankfurt to lulea", CoordinatorSees = "everything", Facts = ["Raw data of Germany are processed in Sweden: a transfer inside the European Economic Area."] },
                _ => new() { RawData = "nowhere", CoordinatorSees = "each site’s averaged change of the model, every 100 steps", Facts = ["No raw data leave a site.", "An update can still reveal training data; nothing here bounds how much."] },
            },
            Formulas = Formulas(kind),
        };
    }

    private static Formula[] Formulas(string kind)
    {
        string[] site = ["sites.frankfurt.accelerators", "sites.frankfurt.accelerator.achieved", "workload.flops"];
        return
        [
            new() { Output = "wall-clock-hours", Text = "computing + waiting for the network + waiting for others + moving raw data", Inputs = [.. site, .. kind == "centralized" ? Array.Empty<string>() : [Link]] },
            new() { Output = "compute-hours", Text = "FLOPs ÷ (accelerators × achieved FLOP/s)", Source = "Patterson et al. 2021, arXiv 2104.10350, equation 1", Inputs = site },
            new() { Output = "exposed-communication-hours", Text = kind == "diloco" ? "[2N/W × (1 − 1/R) + ε] × T/H" : "release and arrival of each layer’s gradients on one first-in first-out link", Source = "Charles et al. 2025, arXiv 2503.09799, appendix A", Inputs = [Link, "links.frankfurt-lulea.latency"] },
            new() { Output = "utilization", Text = "computing ÷ (computing + waiting)", Inputs = [.. site, Link] },
            new() { Output = "energy-kwh.compute", Text = "accelerators × hours × power", Source = "Patterson et al. 2021, arXiv 2104.10350, equation 1", Inputs = [.. site, "sites.frankfurt.accelerator.power"] },
            new() { Output = "energy-kwh.overhead", Text = "energy of computing × (PUE − 1) + idle power × waiting", Source = "ISO/IEC 30134-2", Inputs = ["sites.frankfurt.pue", "sites.frankfurt.accelerator.power"] },
            new() { Output = "carbon-kg.location-based", Text = "(computing + overhead) × grid intensity", Source = "GHG Protocol, Scope 2 Guidance, 2015", Inputs = ["sites.frankfurt.grid.intensity", "sites.lulea.grid.intensity", "sites.frankfurt.pue"] },
            new() { Output = "carbon-kg.embodied", Text = "embodied × hours ÷ (lifetime × 8,760 h × 0.85)", Source = "Luccioni et al. 2022, arXiv 2211.02001", Inputs = ["sites.frankfurt.accelerator.embodied"] },
            new() { Output = "cost-usd.hardware", Text = "accelerators × hours × price", Inputs = ["sites.frankfurt.accelerators", "sites.frankfurt.accelerator.price"] },
            new() { Output = "cost-usd.electricity", Text = "energy × tariff", Inputs = ["sites.frankfurt.tariff"] },
            new() { Output = "cost-usd.network", Text = "length × price ÷ lifetime × hours", Inputs = ["links.frankfurt-lulea.fibre", "links.frankfurt-lulea.distance"] },
            new() { Output = "effective-pue", Text = "(computing + overhead) ÷ computing", Inputs = ["sites.frankfurt.pue"] },
            new() { Output = "loss-ratio", Text = "A N^α of the method ÷ that of data-parallel", Source = "Charles et al. 2025, arXiv 2503.09799, table 4", Inputs = ["workload.parameters"] },
        ];
    }

    private static FigureSource[] Inputs() =>
    [
        Given("workload.flops", Flops, "FLOP"),
        Given("workload.parameters", 100e9, ""),
        Given("sites.frankfurt.accelerators", 8192, ""),
        From("sites.frankfurt.accelerator.achieved", 400e12, 320e12, 480e12, "FLOP/s", "assumed", "40 % of the dense peak of 989 TFLOP/s", 2024, null, "published runs reach 35 to 50 %"),
        From("sites.frankfurt.accelerator.power", 700, 700, 700, "W", "modelled", "NVIDIA H100 data sheet", 2023, "https://resources.nvidia.com/en-us-tensor-core", "thermal design power"),
        From("sites.frankfurt.accelerator.price", 2.95, 1.47, 6.88, "$/h", "assumed", "median of public offers", 2026, null, "on demand, no commitment"),
        From("sites.frankfurt.accelerator.embodied", 164_000, 150_000, 575_000, "g", "assumed", "NVIDIA product carbon footprint", 2025, null, "by recall; Boavizta gives 575 kg, Cloud Carbon Footprint 150 kg"),
        From("sites.frankfurt.pue", 1.2, 1.1, 1.3, "", "assumed", "the plan file", null, null, null),
        From("sites.frankfurt.tariff", 0.25, 0.2, 0.29, "$/kWh", "modelled", "Eurostat, non-household electricity prices", 2024, "https://ec.europa.eu/eurostat/databrowser/view/nrg_pc_205", null),
        From("sites.frankfurt.grid.intensity", 342.1, 275.8, 481.5, "g/kWh", "modelled", "Ember, Yearly Electricity Data", 2024, "https://ember-energy.org/data/yearly-electricity-data/", "life cycle, annual mean; Google gives 275.8 for Frankfurt, Electricity Maps 481.5 for Germany"),
        From("sites.lulea.grid.intensity", 15.9, 2.73, 35.9, "g/kWh", "modelled", "Electricity Maps, SE1", 2022, "https://www.electricitymaps.com/", "life cycle, annual mean"),
        From("sites.lulea.pue", 1.1, 1.07, 1.15, "", "modelled", "Meta, Luleå", 2023, null, null),
        From(Link, 10e9, 8e9, 10e9, "bit/s", "measured", "the plan file, line 14", null, null, null),
        From("links.frankfurt-lulea.latency", 0.0104, 0.0104, 0.013, "s", "modelled", "5 µs/km in fibre", null, null, null),
        From("links.frankfurt-lulea.distance", 2_000_000, 1_800_000, 2_300_000, "m", "assumed", "the plan file, line 14", null, null, null),
        From("links.frankfurt-lulea.fibre", 21.29, 16.08, 59.06, "$/m", "modelled", "Fiber Broadband Association and Cartesian", 2023, "https://fiberbroadband.org/", "aerial; buried 11 to 24 $/ft"),
    ];

    private static FigureSource Given(string path, double value, string unit) => From(path, value, value, value, unit, "measured", "the plan file, line 2", null, null, null);

    private static FigureSource From(string path, double value, double low, double high, string unit, string basis, string source, int? year, string? url, string? note) =>
        new() { Path = path, Unit = unit, Value = value, Low = low, High = high, Basis = basis, Source = source, Year = year, Url = url, Note = note };

    private static SweepResult Curves()
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => 1e8 * Math.Pow(1000, i / 49.0))];
        double?[] Of(double whole, double half, double network) => [.. values.Select(b => (double?)((whole * (1 + Math.Pow(half / b, 1.1))) + (network * b / 1e9)))];
        return new()
        {
            Vary = Link,
            Unit = "bit/s",
            Values = values,
            Show = "cost-usd.total",
            Arms = new Dictionary<string, IReadOnlyList<double?>>
            {
                ["frankfurt"] = [.. values.Select(_ => (double?)2.83e6)],
                ["two-regions-synchronous"] = Of(2.6e6, 2.2e10, 4200),
                ["islands"] = Of(2.62e6, 4.4e8, 4200),
                ["eight-regions"] = Of(2.58e6, 1.6e9, 8400),
                ["lulea-when-clean"] = [.. values.Select(b => (double?)(2.75e6 + (3e13 / b)))],
            },
        };
    }

    private static SweepResult Map()
    {
        double[] bandwidth = [.. Enumerable.Range(0, 40).Select(i => 1e9 * Math.Pow(100, i / 39.0))];
        double[] intensity = [.. Enumerable.Range(0, 30).Select(i => 10.0 + (i * 25))];
        double?[] Of(Func<double, double, double> carbon) => [.. intensity.SelectMany(g => bandwidth.Select(b => (double?)carbon(b, g)))];
        return new()
        {
            Vary = Link,
            Unit = "bit/s",
            Values = bandwidth,
            Against = "sites.frankfurt.grid.intensity",
            AgainstUnit = "g/kWh",
            AgainstValues = intensity,
            Show = "carbon-kg.total",
            Arms = new Dictionary<string, IReadOnlyList<double?>>
            {
                ["frankfurt"] = Of((_, g) => 20e3 + (950 * g)),
                ["two-regions-synchronous"] = Of((b, g) => 26e3 + (480 * g * (1 + (3e10 / b)))),
                ["islands"] = Of((b, g) => 60e3 + (500 * g * (1 + (4e8 / b)))),
                ["eight-regions"] = Of((b, g) => 150e3 + (120 * g * (1 + (2e9 / b)))),
            },
        };
    }

    private static Timeline Shift()
    {
        double[] Grid(double mean, double swing, int phase) => [.. Enumerable.Range(0, 168).Select(h => mean + (swing * Math.Sin((h + phase) * Math.PI / 12)) + (swing * 0.5 * Math.Sin(h * Math.PI / 61)))];
        var lulea = Grid(22, 9, 3);
        var frankfurt = Grid(330, 120, 6);
        var clean = lulea.Select((grams, hour) => (grams, hour)).OrderBy(at => at.grams).Take(102).Select(at => at.hour).ToHashSet();
        return new()
        {
            Start = new DateTimeOffset(2024, 3, 11, 0, 0, 0, TimeSpan.Zero),
            StepSeconds = 3600,
            Intensity = new Dictionary<string, IReadOnlyList<double>> { ["lulea"] = lulea, ["frankfurt"] = frankfurt },
            Runs = [.. Enumerable.Range(0, 168).Select(hour => clean.Contains(hour) ? "lulea" : null)],
            SavedKg = 4_310,
        };
    }
}

using Atoll.Experiments;

namespace Atoll.Planning.Tests.File;

/// <summary>What is wrong with a plan is said with its line, its field, what it must be and what it was.</summary>
public sealed class BadPlanTests
{
    /// <summary>A plan of which each line can be replaced by another.</summary>
    private static readonly string[] Good =
    [
        "name: good",                                                                                                                  // 1
        "workload: { parameters: 1 B, layers: 24, tokens: 20 B, batch-tokens: 524288 }",                                              // 2
        "sites:",                                                                                                                      // 3
        "  east: { hardware: h100, count: 8, utilization: 0.4, grid: DE }",                                                           // 4
        "  west: { hardware: { achieved: 400 TFLOP/s, power: 700 W }, count: 8, pue: 1.1, operator: google, grid: { intensity: 16 g/kWh } }", // 5
        "  desk: { hardware: h100, count: 1, grid: SE }",                                                                             // 6
        "links:",                                                                                                                      // 7
        "  - { between: [east, west], bandwidth: 10 Gbit/s, distance: 2000 km, technology: data-centre }",                            // 8
        "arms:",                                                                                                                       // 9
        "  alone: { kind: centralized, site: east }",                                                                                 // 10
        "  other: { kind: centralized, site: west }",                                                                                 // 11
        "solve:",                                                                                                                      // 12
        "  - { vary: sites.east.pue, until: arms.alone.energy-kwh.total, reaches: 100 }",                                             // 13
        "sweep:",                                                                                                                      // 14
        "  - { vary: sites.east.hardware.power, from: 100 W, to: 1 kW, show: carbon-kg.total }",                                      // 15
        "objective: { cost: 1 }",                                                                                                      // 16
    ];

    [Fact]
    public void The_plan_that_is_spoilt_below_is_good() => Plans.Read(string.Join('\n', Good)).Arms.Count.ShouldBe(2);

    [Theory]
    [InlineData(1, "name: a/b", "name must be at most 64 letters")]
    [InlineData(2, "workload: { parameters: 1 B, tokens: 20 B, samples: 5 }", "exclude each other")]
    [InlineData(2, "workload: { parameters: 1 B, tokens: 20 B, batch-samples: 5 }", "workload.batch-samples contradicts workload.tokens")]
    [InlineData(2, "workload: { parameters: 1 B, tokens: 1 B, step-time: 0.8 s }", "workload.step-time must come with steps or a batch")]
    [InlineData(2, "workload: { parameters: 1 B }", "workload must give flops, parameters with tokens")]
    [InlineData(2, "workload: { experiment: ../x, tokens: 5 }", "workload.tokens and workload.experiment (line 2) exclude each other")]
    [InlineData(2, "workload: { flops: 1e20, epochs: 3 }", "workload.epochs are passes over samples")]
    [InlineData(2, "workload: { flops: -1 }", "workload.flops must be more than 0")]
    [InlineData(2, "workload: { parameters: 0, tokens: 20 B }", "workload.parameters must be more than 0")]
    [InlineData(2, "workload: { flops: .nan }", "workload.flops must be a finite number (was .nan)")]
    [InlineData(2, "workload: { flops: .inf }", "workload.flops must be a finite number (was .inf)")]
    [InlineData(2, "workload: { flops: 1e999 }", "workload.flops must be")]
    [InlineData(4, "  east: { hardware: h10O, count: 8, grid: DE }", "did you mean 'h100'")]
    [InlineData(4, "  east: { hardware: h100, count: 8, grid: DEE }", "sites.east.grid must be in the catalog")]
    [InlineData(4, "  east: { hardware: h100, count: 8, grid: { name: DE, factor-set: ember-1900 } }", "must be one of ember-2024")]
    [InlineData(4, "  east: { hardware: h100, count: 8, grid: { name: DE, intensity: 3 g/kWh } }", "sites.east.grid must give one of name, intensity, trace and live (was name and intensity)")]
    [InlineData(4, "  east: { hardware: h100, count: 8, grid: { gaps: hold } }", "(was none)")]
    [InlineData(4, "  east: { hardware: h100, count: 8, grid: { live: { service: watttime } } }", "sites.east.grid.live.zone is missing")]
    [InlineData(4, "  east: { hardware: h100, count: 8, grid: { trace: nowhere.csv } }", "sites.east.grid.trace must be a trace that can be read")]
    [InlineData(4, "  east: { hardware: h100, count: 0, grid: DE }", "sites.east.count must be more than 0")]
    [InlineData(4, "  east: { hardware: h100, count: 8, clients: 9, grid: DE }", "sites.east.clients must be at most the count of devices")]
    [InlineData(4, "  east: { hardware: h100, utilization: 1.1, count: 8, grid: DE }", "sites.east.utilization must be more than 0 and at most 1 (was 1.1)")]
    [InlineData(4, "  east: { hardware: { name: h100, achieved: 400 TFLOP/s }, utilization: 0.4, count: 8, grid: DE }", "exclude each other: utilization is a share of the peak rate")]
    [InlineData(4, "  east: { hardware: { achieved: 400 TFLOP/s }, count: 8, grid: DE }", "sites.east.hardware.power is missing")]
    [InlineData(4, "  east: { hardware: { power: 400 W }, count: 8, grid: DE }", "sites.east.hardware must give achieved or peak")]
    [InlineData(4, "  east: { hardware: { power: 400 W }, utilization: 0.5, count: 8, grid: DE }", "sites.east.hardware.peak must be given")]
    [InlineData(4, "  east: { hardware: h100, count: 8, power: 3 W }", "sites.east.power is not a field here")]
    [InlineData(4, "  east: { hardware: h100, count: 8, interconnect: { bandwidth: 1 Gbit/s, egress: 1 $/GB } }", "sites.east.interconnect.egress must not be given")]
    [InlineData(4, "  east: { count: 8, grid: DE }", "sites.east.hardware must be given with it")]
    [InlineData(5, "  west: { hardware: h100, pue: 0.9 }", "sites.west.pue must be at least 1 (was 0.9)")]
    [InlineData(5, "  west: { hardware: h100, operator: gogle }", "did you mean 'google'")]
    [InlineData(5, "  west: { hardware: { power: 3 kWh } }", "must be a power, a number with a unit")]
    [InlineData(8, "  - { between: [east, westt], bandwidth: 10 Gbit/s }", "must be one of the sites east, west, desk (was westt). Did you mean west?")]
    [InlineData(8, "  - { between: [east], bandwidth: 10 Gbit/s }", "links[0].between must name at least two sites (was 1)")]
    [InlineData(8, "  - { between: [east, east], bandwidth: 10 Gbit/s }", "must not repeat an item")]
    [InlineData(8, "  - { between: [east, west], bandwidth: 0 Gbit/s }", "must be more than 0")]
    [InlineData(8, "  - { between: [east, west], bandwidth: -3 Gbit/s }", "must be more than 0")]
    [InlineData(8, "  - { between: [east, west], bandwidth: 3 GB }", "links[0].bandwidth must be")]
    [InlineData(8, "  - { between: [east, west] }", "links[0].bandwidth is missing")]
    [InlineData(8, "  - { between: [east, west], bandwidth: 3 Gbit/s, technology: fixd }", "did you mean 'fixed'")]
    [InlineData(8, "  - { between: [east, west], bandwidth: 3 Gbit/s, technology: fixed, energy: 1 kWh/GB }", "exclude each other")]
    [InlineData(8, "  - { between: [east, west], bandwidth: 3 Gbit/s, fibre: { built: 6 $/ft } }", "links[0].fibre is priced by its length")]
    [InlineData(10, "  alone: { kind: centralized, site: eest }", "arms.alone.site must be one of the sites east, west, desk (was eest). Did you mean east?")]
    [InlineData(11, "  other: { kind: centralised, site: west }", "arms.other.kind must be")]
    [InlineData(11, "  other: { kind: diloco, sites: [west] }", "arms.other.sites must name at least 2 sites (was 1)")]
    [InlineData(11, "  other: { kind: data-parallel, sites: [] }", "arms.other.sites must name at least 2 sites (was 0)")]
    [InlineData(11, "  other: { kind: diloco, sites: [west, west] }", "must not repeat an item")]
    [InlineData(11, "  other: { kind: diloco, sites: [east, desk] }", "arms.other.sites must be linked with each other: no links lead from east to desk")]
    [InlineData(11, "  other: { kind: streaming-diloco, sites: [east, west], fragments: 25 }", "arms.other.fragments must be at most workload.layers, 24 (was 25)")]
    [InlineData(8, "  - { between: [east, west], bandwidth: 3 Gb/s }", "Did you mean Gbit/s?")]
    [InlineData(11, "  other: { kind: streaming-diloco, sites: [east, west], fragments: 20, overlap: 6 }", "arms.other.overlap must be at most the steps between two fragments, inner-steps / fragments = 5 (was 6)")]
    [InlineData(11, "  other: { kind: streaming-diloco, sites: [east, west], fragments: 20, inner-steps: 10 }", "arms.other.fragments must be at most inner-steps, 10")]
    [InlineData(11, "  other: { kind: hybrid, regions: { a: { sites: [east] }, b: { sites: [east] } } }", "arms.other.regions.b.sites must not name east, which is in region a")]
    [InlineData(11, "  other: { kind: hybrid, regions: { a: { sites: [east, west] } } }", "arms.other.regions must be at least 2")]
    [InlineData(11, "  other: { kind: federated, sites: [east] }", "arms.other.sites must be at least 2, or one of several clients")]
    [InlineData(11, "  other: { kind: federated, sites: [east, desk], coordinator: west }", "desk has no link")]
    [InlineData(11, "  other: { kind: federated, sites: [east, west], rounds: 0 }", "arms.other.rounds must be more than 0")]
    [InlineData(11, "  other: { kind: federated, sites: [east, west], availability: 1.5 }", "arms.other.availability must be at most 1")]
    [InlineData(11, "  other: { kind: carbon-aware, sites: [east] }", "sites.east.grid must be a trace or a live service")]
    [InlineData(11, "  other: { kind: carbon-aware, sites: [east, west], slack: 1 h, deadline: 2 d }", "exclude each other")]
    [InlineData(13, "  - { vary: sites.east.peu, until: arms.alone.energy-kwh.total, reaches: 100 }", "Did you mean sites.east.pue?")]
    [InlineData(13, "  - { vary: sites.east.pue, until: arms.alone.energy.total, reaches: 100 }", "solve[0].until must be an output of an arm")]
    [InlineData(13, "  - { vary: sites.east.pue, until: arms.none.utilization, reaches: 100 }", "solve[0].until must be an output of an arm")]
    [InlineData(13, "  - { vary: sites.east.pue, until: arms.alone.energy-kwh.total, reaches: .nan }", "solve[0].reaches must be")]
    [InlineData(13, "  - { vary: sites.east.pue, until: arms.alone.energy-kwh.total, reaches: much }", "solve[0].reaches must be a number (was \"much\")")]
    [InlineData(15, "  - { vary: sites.east.hardware.power, from: 1 kW, to: 100 W }", "sweep[0].from must be less than to, 100 W (was 1 kW)")]
    [InlineData(15, "  - { vary: sites.east.hardware.power, from: 100 W, to: 100 W }", "sweep[0].from must be less than to")]
    [InlineData(15, "  - { vary: sites.east.hardware.power, from: 100 kWh, to: 1 kW }", "sweep[0].from must be a power")]
    [InlineData(15, "  - { vary: sites.east.hardware.power, from: 0 W, to: 1 kW }", "must be more than 0 where the spacing is logarithmic")]
    [InlineData(15, "  - { vary: sites.east.hardware.power, from: 1 W, to: 1 kW, show: carbon }", "sweep[0].show must be one of")]
    [InlineData(15, "  - { vary: sites.east.hardware.power, from: 1 W, to: 1 kW, against: { vary: sites.east.hardware.power, from: 1 W, to: 1 kW } }", "must be another input")]
    [InlineData(16, "objective: { cost: 0 }", "objective must weigh at least one of")]
    [InlineData(16, "objective: { cost: -1 }", "objective.cost must be at least 0")]
    [InlineData(16, "catalogs: [nowhere.csv]", "catalogs[0] must be a catalog that can be read")]
    public void A_bad_line_is_named(int line, string written, string message)
    {
        IReadOnlyList<Problem> problems = Plans.ProblemsOf(Spoilt((line, written)));

        problems.ShouldContain(p => p.Line == line && p.Message.Contains(message, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Fact]
    public void Fragments_of_layers_that_are_not_told_ask_for_them() => Plans.ProblemsOf(Spoilt(
        (2, "workload: { parameters: 1 B, tokens: 20 B, batch-tokens: 524288 }"),
        (11, "  other: { kind: streaming-diloco, sites: [east, west], fragments: 16 }")))
        .ShouldHaveSingleItem().Message.ShouldContain("arms.other.fragments needs workload.layers, which must be at least as many (was 16)");

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        IReadOnlyList<Problem> problems = Plans.ProblemsOf(Spoilt(
            (4, "  east: { hardware: h10O, count: 8, grid: DEE }"),
            (10, "  alone: { kind: centralized, site: eest }"),
            (15, "  - { vary: sites.west.hardware.power, from: 1 kW, to: 100 W }"),
            (16, "objective: { cost: 0 }")));

        problems.Select(p => p.Line).ShouldBe([4, 4, 10, 15, 16], string.Join('\n', problems));
    }

    [Theory]
    [InlineData("arms: {}", "arms must name at least one arm")]
    [InlineData("", "arms is missing")]
    public void A_plan_without_arms_is_refused(string arms, string message) => Plans.ProblemsOf($$"""
        name: empty
        workload: { flops: 1e20 }
        sites: { one: { hardware: h100 } }
        {{arms}}
        """).ShouldContain(p => p.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Two_sites_of_one_name_are_refused() => Plans.ProblemsOf("""
        name: twice
        workload: { flops: 1e20 }
        sites:
          one: { hardware: h100 }
          one: { hardware: a100 }
        arms: { a: { kind: centralized, site: one } }
        """).ShouldContain(p => p.Line == 5);

    [Fact]
    public void A_centralized_arm_needs_a_link_to_data_that_lie_elsewhere() => Plans.ProblemsOf("""
        name: apart
        workload: { flops: 1e20 }
        sites:
          one: { hardware: h100 }
          two: { data: 1 TB }
        arms: { a: { kind: centralized, site: one } }
        """).ShouldContain(p => p.Line == 6 && p.Message.Contains("no links lead from two to one", StringComparison.Ordinal));

    [Fact]
    public void A_plan_that_is_not_there_is_said_to_be_missing() =>
        Should.Throw<ExperimentFileException>(() => Planning.File.PlanFile.Read("nowhere")).Message.ShouldContain("there is no such file. A plan is a YAML file");

    private static string Spoilt(params (int Line, string Written)[] changes)
    {
        string[] lines = [.. Good];
        foreach ((int line, string written) in changes)
        {
            lines[line - 1] = written;
        }
        return string.Join('\n', lines);
    }
}

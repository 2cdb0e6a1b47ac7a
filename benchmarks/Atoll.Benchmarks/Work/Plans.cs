using Atoll.Benchmarks.Machine;
using Atoll.Planning;
using Atoll.Planning.File;

namespace Atoll.Benchmarks.Work;

/// <summary>Whole answers to a plan of five arms over two sites, on all cores: what <c>atoll plan</c> does between reading and printing.</summary>
internal static class Plans
{
    private const int Draws = 10_000, QuickDraws = 500, Cells = 100, QuickCells = 20;
    private const double MostDrawSeconds = 2, MostSweepSeconds = 10;

    private const string Text = """
        name: five-arms
        workload: { parameters: 10 B, layers: 48, tokens: 200 (150 to 300) B, batch-tokens: 2097152, precision: bf16 }
        sites:
          frankfurt: { hardware: h100, count: 512, utilization: 0.4 (0.3 to 0.5), pue: 1.2 (1.1 to 1.4), grid: DE, tariff: 0.1 to 0.25 $/kWh }
          lulea: { hardware: h100, count: 512, utilization: 0.4 (0.3 to 0.5), pue: 1.05 to 1.15, grid: { intensity: 15.9 (9 to 36) g/kWh }, tariff: 0.04 to 0.09 $/kWh }
        links:
          - { between: [frankfurt, lulea], bandwidth: 10 (5 to 20) Gbit/s, distance: 2000 km, fibre: { built: 6.49 (4.9 to 18) $/ft, lifetime: 20 y } }
        arms:
          frankfurt: { kind: centralized, site: frankfurt }
          lulea: { kind: centralized, site: lulea }
          together: { kind: data-parallel, sites: [frankfurt, lulea] }
          seldom: { kind: diloco, sites: [frankfurt, lulea], inner-steps: 100 }
          islands: { kind: streaming-diloco, sites: [frankfurt, lulea], inner-steps: 100, fragments: 16, overlap: 1, bits: 4 }
        """;

    public static IEnumerable<Benchmark> All =>
    [
        new("plan-draws", $"a plan of 5 arms with {Draws:N0} draws, all cores, on the wall", "draws/s", quick => Answer(quick ? QuickDraws : Draws, cells: 0))
        {
            IsOnAllCores = true,
            Target = Target.AtLeast(Draws / MostDrawSeconds, $"{Draws:N0} draws in {MostDrawSeconds} s"),
        },
        new("plan-sweep", $"a plan of 5 arms with a sweep of {Cells} × {Cells}, all cores, on the wall", "cells/s", quick => Answer(draws: 0, quick ? QuickCells : Cells))
        {
            IsOnAllCores = true,
            Target = Target.AtLeast(Cells * Cells / MostSweepSeconds, $"{Cells} × {Cells} in {MostSweepSeconds} s"),
        },
        new("plan-analysis", "the same plan without draws and sweep: break-evens and tornado", "plans/s", _ => Answer(draws: 0, cells: 0))
        {
            IsOnAllCores = true,
            Target = Target.AtLeast(1, "1 s"),
        },
    ];

    /// <summary>The amount is the draws or cells, or one plan.</summary>
    private static Piece Answer(int draws, int cells)
    {
        string text = $"{Text}\ndraws: {draws}\n" + (cells == 0 ? "" : $$"""
            sweep:
              - vary: links.frankfurt-lulea.bandwidth
                from: 100 Mbit/s
                to: 1 Tbit/s
                steps: {{cells}}
                against: { vary: sites.lulea.grid.intensity, from: 1 g/kWh, to: 800 g/kWh, steps: {{cells}} }
            """);
        PreparedPlan plan = PlanFile.Parse(text, "plan.yaml", AppContext.BaseDirectory);
        return new Piece(() => Sink.Keep(Planner.Plan(plan)), Math.Max(1, Math.Max(draws, cells * cells)), Limit.None, Cost: 0);
    }
}

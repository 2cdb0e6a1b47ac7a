namespace Atoll.Planning.Tests.Analysis;

/// <summary>A whole plan over two sites, with questions.</summary>
internal static class TwoRegions
{
    public const string Text = """
        name: two-regions
        workload: { parameters: 10 B, layers: 48, tokens: 200 B, batch-tokens: 2097152, precision: bf16 }
        sites:
          frankfurt: { hardware: h100, count: 512, utilization: 0.4, pue: 1.2, grid: DE }
          lulea: { hardware: { achieved: 400 TFLOP/s, power: 700 W, embodied: 164 kg, price: 2.95 $/h }, count: 512, pue: 1.1, grid: { intensity: 15.9 g/kWh } }
        links:
          - { between: [frankfurt, lulea], bandwidth: 10 Gbit/s, distance: 2000 km, fibre: { built: 6.49 $/ft, lifetime: 20 y } }
        arms:
          frankfurt: { kind: centralized, site: frankfurt }
          lulea: { kind: centralized, site: lulea }
          together: { kind: data-parallel, sites: [frankfurt, lulea] }
          seldom: { kind: diloco, sites: [frankfurt, lulea], inner-steps: 100 }
          islands: { kind: streaming-diloco, sites: [frankfurt, lulea], inner-steps: 100, fragments: 16, overlap: 1, bits: 4 }
        solve:
          - { vary: links.frankfurt-lulea.bandwidth, until: arms.islands.utilization, reaches: 0.95 }
        objective: { cost: 1, carbon: 1 }
        """;
}

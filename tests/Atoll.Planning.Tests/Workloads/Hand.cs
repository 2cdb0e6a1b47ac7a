using Atoll.Experiments;

namespace Atoll.Planning.Tests.Workloads;

/// <summary>An experiment small enough for pencil and paper.</summary>
/// <remarks>
/// 2 inputs, 1 output: 3 parameters, and 13 operations a sample (forward 2·2, loss 4, backward 2·2 + 1). So north trains on 1 sample a second, south on 2, the
/// coordinator on 4. A message is safetensors: 8 bytes, a header of 60 or 61 filled up to 64, 3 floats: 84 bytes or 672 bits either way. A row of the file is 18 bytes.
/// </remarks>
internal sealed class Hand : IDisposable
{
    public const string Sites = """
        sites:
          north:
            hardware: { achieved: 13 FLOP/s, power: 100 W, idle-power: 40 W, embodied: 100 kg, lifetime: 1000 h, purchase: 500 $ }
            pue: 1.5
            grid: { intensity: 200 g/kWh }
            tariff: 0.3 $/kWh
            link: { bandwidth: { up: 1 kbit/s, down: 2 kbit/s }, latency: 0.5 s, energy: 0.1 kWh/GB, egress: 2 $/GB }
          default:
            hardware: { achieved: 26 FLOP/s, power: 50 W, idle-power: 10 W, embodied: 0 kg, lifetime: 1000 h, price: 3.6 $/h }
            pue: 1
            grid: { intensity: 20 g/kWh }
            link: { bandwidth: 4 kbit/s, latency: 0.25 s, energy: 0.1 kWh/GB }
          coordinator:
            hardware: { achieved: 52 FLOP/s, power: 300 W, idle-power: 0 W, embodied: 0 kg, lifetime: 1000 h, purchase: 0 $ }
            pue: 2
            grid: { intensity: 100 g/kWh }
            tariff: 0.1 $/kWh
        """;

    private const string Rows = """
        a,b,y,site,split
        1,1,2,north,train
        2,1,3,north,train
        3,1,4,north,train
        4,1,5,north,train
        5,1,6,north,train
        6,1,7,north,train
        1,2,3,south,train
        2,2,4,south,train
        1,0,1,north,test
        1,0,1,south,test

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-hand-").FullName;

    public Experiment Experiment(string sites = Sites)
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, "rows.csv"), Rows.ReplaceLineEndings("\n"));
        return ExperimentFile.Parse($$"""
            name: hand
            seed: 1
            data: { csv: [rows.csv], label: y, task: regression, site: site, split: split, standardize: none }
            model: { kind: linear }
            training: { optimizer: { kind: sgd, learning-rate: 0.01 }, batch-size: 4 }
            {{sites}}
            arms:
              centralized: { kind: centralized, epochs: 10 }
              local: { kind: local, epochs: 10 }
              fedavg: { kind: federated, rounds: 3, training: { local-epochs: 2 } }
            """, "hand.yaml", _folder);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Data;
using Atoll.Learning.Models;
using Atoll.Learning.Tensors;
using Atoll.Planning.Workloads;

namespace Atoll.Simulation.Tests.Fixtures;

/// <summary>Runs small experiments in a folder of its own.</summary>
internal sealed class Lab : IDisposable
{
    /// <summary>When every run here ends.</summary>
    public static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>One arm of every algorithm, and of every kind of state that outlives a round.</summary>
    public const string AllArms = """
        centralized: { kind: centralized, epochs: 4, training: { optimizer: { kind: adam, learning-rate: 0.02 } } }
          central-momentum: { kind: centralized, epochs: 4, training: { optimizer: { kind: sgd, learning-rate: 0.05, momentum: 0.9, nesterov: true } } }
          local: { kind: local, epochs: 4, training: { optimizer: { kind: adamw, learning-rate: 0.02 } } }
          fedavg: { kind: federated, rounds: 4, training: { optimizer: { kind: sgd, learning-rate: 0.1, schedule: { kind: cosine } } } }
          fedprox: { kind: federated, rounds: 4, local-objective: { kind: fed-prox, mu: 0.1 }, selection: { kind: uniform, count: 2 } }
          scaffold: { kind: federated, rounds: 4, local-objective: { kind: scaffold }, selection: { kind: uniform, fraction: 0.5 } }
          feddyn: { kind: federated, rounds: 4, local-objective: { kind: fed-dyn, alpha: 0.1 }, selection: { kind: weighted, count: 3 } }
          fednova: { kind: federated, rounds: 4, aggregation: { kind: fed-nova }, training: { local-epochs: { min: 1, max: 4 } } }
          fedavgm: { kind: federated, rounds: 4, server-optimizer: { kind: fed-avg-m, learning-rate: 1, momentum: 0.5 } }
          fedadagrad: { kind: federated, rounds: 4, server-optimizer: { kind: fed-adagrad, learning-rate: 0.05 } }
          fedadam: { kind: federated, rounds: 4, server-optimizer: { kind: fed-adam, learning-rate: 0.05 }, training: { optimizer: { kind: adam, learning-rate: 0.01 } } }
          fedbuff: { kind: federated, rounds: 4, buffered: { size: 2, concurrency: 3 }, pace: { spread: 1, per: task }, training: { local-epochs: { min: 1, max: 3 } } }
          fedyogi: { kind: federated, rounds: 4, server-optimizer: { kind: fed-yogi, learning-rate: 0.05 } }
        """;

    private static readonly string[] Passing = ["seconds", "samplesPerSecond", "finished", "footprint"];

    private readonly TempFolder _folder = new();
    private int _runs;

    public string Path => _folder.Path;

    public string this[params string[] parts] => _folder[parts];

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>An experiment on <see cref="Rows.ThreeClasses"/>: four sites, a small network, the given arms.</summary>
    public Experiment ThreeClasses(string arms = AllArms, string top = "")
    {
        Write("rows.csv", Rows.ThreeClasses());
        return Parse($$"""
            name: tiny
            seed: 3
            data: { csv: [rows.csv], label: y, site: site, test-fraction: 0.25 }
            model: { kind: mlp, hidden: [5] }
            training: { optimizer: { kind: sgd, learning-rate: 0.1 }, batch-size: 4 }
            {{top}}
            arms:
              {{arms}}
            """);
    }

    public Experiment Parse(string yaml) => ExperimentFile.Parse(yaml, "experiment.yaml", Path);

    /// <summary>A folder that does not exist yet.</summary>
    public string NewFolder() => this[$"run-{++_runs}"];

    public RunRequest Request(Experiment experiment, string? folder = null, int threads = 2) =>
        new() { Experiment = experiment, Folder = folder ?? NewFolder(), Threads = threads, Time = new StoppedClock() };

    public RunResult Run(Experiment experiment, string? folder = null, int threads = 2, IRunObserver? observer = null, CancellationToken cancellation = default) =>
        Run(Request(experiment, folder, threads), observer, cancellation);

    public static RunResult Run(RunRequest request, IRunObserver? observer = null, CancellationToken cancellation = default) =>
        ExperimentRun.Prepare(request).Execute(observer ?? new Watcher(), cancellation);

    public RunResult Resume(Experiment experiment, string folder, int threads = 2, IRunObserver? observer = null, CancellationToken cancellation = default) =>
        Run(Request(experiment, folder, threads) with { Resume = true }, observer, cancellation);

    /// <summary>Every model's SHA-256 as its file has it, by arm.</summary>
    public static Dictionary<string, string> Models(string folder) => Directory.GetFiles(System.IO.Path.Combine(folder, "models")).Order()
        .ToDictionary(file => System.IO.Path.GetFileNameWithoutExtension(file), SafetensorsFile.Sha256);

    /// <summary>The weights in a run's model file.</summary>
    public static float[] Weights(string folder, string arm, Network network, string prefix = "") => ModelTensors.Parameters(
        network, SafetensorsFile.Read(System.IO.Path.Combine(folder, "models", $"{arm}.safetensors")).Tensors, prefix);

    /// <summary><c>result.json</c> without what no two runs have in common: times, speed and energy.</summary>
    public static string ResultText(string folder, bool withThreads = true)
    {
        JsonNode result = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(folder, "result.json")))!;
        Forget(result, withThreads ? [.. Passing] : [.. Passing, "threads"]);
        return result.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>An arm's rows and network, as a run would prepare them.</summary>
    public static (SitedDataset Data, Network Network) Prepared(Experiment experiment, string arm)
    {
        SitedDataset data = ExperimentData.Load(experiment.Arms[arm], experiment.Seed).Sited;
        return (data, experiment.Arms[arm].Model.Build(data.Data.Sample, data.Data.Classes.Count));
    }

    public void Dispose() => _folder.Dispose();

    private static void Forget(JsonNode? node, string[] names)
    {
        if (node is JsonObject members)
        {
            foreach (string name in names)
            {
                members.Remove(name);
            }
        }
        foreach (JsonNode? child in node is JsonObject o ? o.Select(member => member.Value) : node is JsonArray a ? a : [])
        {
            Forget(child, names);
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

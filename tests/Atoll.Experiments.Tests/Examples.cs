namespace Atoll.Experiments.Tests;

/// <summary>Files that more than one test starts from.</summary>
internal static class Examples
{
    public static string Folder => Path.GetFullPath("somewhere");

    /// <summary>Every field that a newcomer meets, one arm of each sort.</summary>
    public const string Hospitals = """
        name: hospitals
        seed: 7
        data:
          csv: [cleveland.csv, hungary.csv]
          label: disease
          site: center
          split: split
          standardize: per-site
          missing: drop-row
          ignore: [patient-id]
        model: { kind: logistic }
        training: { optimizer: { kind: sgd, learning-rate: 0.001 }, batch-size: 4, local-steps: 100 }
        metrics: [accuracy, auc, loss]
        arms:
          centralized: { kind: centralized, epochs: 50, training: { optimizer: { kind: adam, learning-rate: 0.001 } } }
          local:       { kind: local, epochs: 50 }
          fedavg:      { kind: federated, rounds: 15 }
          fedprox:     { kind: federated, rounds: 15, local-objective: { kind: fed-prox, mu: 0.01 } }
          fedadam:     { kind: federated, rounds: 15, server-optimizer: { kind: fed-adam, learning-rate: 0.01 } }
        """;

    /// <summary>The least that is whole; <paramref name="more"/> goes to the top level, <paramref name="arms"/> under <c>arms:</c>.</summary>
    public static string Small(string more = "", string arms = "  fedavg: { kind: federated }\n") => $$"""
        name: small
        data: { catalog: digits }
        partition: { kind: iid, sites: 4 }
        model: { kind: logistic }
        training: { optimizer: { kind: sgd, learning-rate: 0.1 } }
        {{more.TrimEnd('\n')}}
        arms:
        {{arms}}
        """;

    public static Experiment Parse(string text) => ExperimentFile.Parse(text, "e.yaml", Folder);

    /// <summary>What is wrong with a text, as the user reads it.</summary>
    public static string[] Problems(string text) =>
        [.. Should.Throw<ExperimentFileException>(() => Parse(text)).Problems.Select(p => p.ToString())];
}

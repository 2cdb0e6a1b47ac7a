namespace Atoll.Benchmarks.Live;

/// <summary>A run of rounds in which processes train next to nothing, so that what is left is the way there and back.</summary>
/// <param name="Hidden">Widths of the model's hidden layers.</param>
/// <param name="Warm">Rounds until everything is compiled for good.</param>
/// <param name="Timed">Rounds after those.</param>
internal sealed record RoundWork(int Sites, string Hidden, int Warm, int Timed)
{
    /// <summary>What comes after those, so that the processes are still there to be asked what they took.</summary>
    private const int Last = 3;

    public const string Arm = "fedavg";

    public string Experiment => $$"""
        name: rounds
        seed: 1
        data: { catalog: digits }
        partition: { kind: iid, sites: {{Sites}} }
        model: { kind: mlp, hidden: [{{Hidden}}] }
        training: { optimizer: { kind: sgd, learning-rate: 0.01 }, batch-size: 1, local-steps: 1 }
        arms:
          {{Arm}}: { kind: federated, rounds: {{Warm + Timed + Last}}, evaluate-every: {{Warm + Timed + Last}} }
        """;
}

using Atoll.Experiments.Protocol;
using Atoll.Learning.Data.Schema;

namespace Atoll.Benchmarks.Load;

/// <summary>One round of a perceptron over four columns that nobody has rows of.</summary>
internal static class LoadExperiment
{
    public const string Arm = "fedavg";

    private static readonly string[] Columns = ["a", "b", "c", "d"], Classes = ["no", "yes"];

    /// <summary>What every site tells of its table.</summary>
    public static TableSummary Summary { get; } = new()
    {
        Columns = [.. Columns.Select(name => new ColumnSummary { Name = name, IsNumeric = true })],
        Label = new() { Name = "label", IsNumeric = false, Levels = Classes },
    };

    /// <summary>What every site brings.</summary>
    public static PreparedRows Rows { get; } = new() { TrainRows = 1, TestRows = 1, Labels = Classes.ToDictionary(name => name, _ => 1) };

    /// <param name="hidden">The width of both hidden layers: a thousand makes a million parameters.</param>
    /// <remarks>A site that waits for a thousand others on a busy machine is not to be called silent.</remarks>
    public static string Text(int hidden) => $$"""
        name: load
        seed: 1
        data: { csv: [rows.csv], label: label, site: site }
        model: { kind: mlp, hidden: [{{hidden}}, {{hidden}}] }
        training: { optimizer: { kind: sgd, learning-rate: 0.01 }, batch-size: 1, local-steps: 1 }
        live: { stall: 10 min }
        arms:
          {{Arm}}: { kind: federated, rounds: 1 }
        """;
}

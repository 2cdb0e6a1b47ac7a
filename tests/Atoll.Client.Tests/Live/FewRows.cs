using Atoll.Client.Live;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Data.Schema;

namespace Atoll.Client.Tests.Live;

/// <summary>A site with six rows to train on and two to test on: <c>y</c> of <c>a</c> and <c>b</c>.</summary>
internal sealed class FewRows : ISiteRows
{
    private static readonly float[] X = [1, 0.5f, -0.5f, 2, 0.25f, -1, 1.5f, 1, -1, -0.75f, 0.5f, 0.25f, 2, 1, -2, 0.5f], Y = [1, -2, 0.5f, 3, -1.5f, 0.25f, 1, -1];

    public static Dataset Data { get; } = new(new Shape(2), X, Y, []);

    public static SiteRows Rows { get; } = new(TestCoordinator.Site, [0, 1, 2, 3, 4, 5], [6, 7]);

    public static IReadOnlyDictionary<string, DataSchema> Schemas { get; } = new[] { "fedavg", "scaffold" }.ToDictionary(arm => arm, _ => new DataSchema
    {
        Columns = [new() { Name = "a" }, new() { Name = "b" }], Label = "y", Classes = [],
    });

    public const string Experiment = """
        name: trial
        seed: 7
        data: { csv: [rows.csv], label: "y", site: place, standardize: none }
        model: { kind: linear }
        training: { optimizer: { kind: sgd, learning-rate: 0.05 }, batch-size: 2, local-steps: 4 }
        arms:
          fedavg: { kind: federated, rounds: 3 }
          scaffold: { kind: federated, rounds: 3, local-objective: { kind: scaffold } }
        """;

    public int Count { get; init; } = Y.Length;

    public IReadOnlyDictionary<string, TableSummary> Summaries { get; init; } = Schemas.ToDictionary(arm => arm.Key, _ => new TableSummary
    {
        Columns = [new() { Name = "a", IsNumeric = true }, new() { Name = "b", IsNumeric = true }], Label = new() { Name = "y", IsNumeric = true },
    });

    public (Shape Sample, int Classes) OwnShape(string arm) => (Data.Sample, 0);

    public IReadOnlyDictionary<string, SitedDataset> Prepare(IReadOnlyDictionary<string, DataSchema> schemas) => schemas.ToDictionary(arm => arm.Key, _ => new SitedDataset(Data, [Rows]));
}

using System.Text.Json;
using Atoll.Coordinator.Models;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.ServerOptimizers;
using Atoll.Learning.Tensors;

namespace Atoll.Cli.Tests.Live;

/// <summary>Holds a FedAvg run's ledger against the bodies that were kept: adds the updates that count up again, round by round, as an auditor would.</summary>
internal sealed class Refolding
{
    private readonly string _run;
    private readonly List<JsonElement> _entries;
    private readonly string _arm;

    public Refolding(string run, string arm)
    {
        (_run, _arm) = (run, arm);
        _entries = [.. File.ReadLines(Path.Combine(run, "ledger.jsonl")).Select(line => JsonElement.Parse(line))];
    }

    /// <summary>Which site's update counts in which round, from the entries.</summary>
    public HashSet<(string Site, int Round)> Counted { get; } = [];

    /// <summary>Every update is in the average of its own round and in no other; every model is the fold of its round's updates.</summary>
    public void ShouldHold()
    {
        ILookup<int, JsonElement> received = Of("update-received").ToLookup(RoundOf);
        foreach (JsonElement update in received.SelectMany(round => round))
        {
            Counted.Add((DataOf(update).GetProperty("site").GetString()!, RoundOf(update))).ShouldBeTrue($"counted twice: {update}");
        }
        GlobalModel model = new(Vector(Sha(Of("model-published").First(), "model"), "weights"), new Plain(), new FedAvg(), new ServerSgd());
        JsonElement[] rounds = [.. Of("round-aggregated")];
        foreach (JsonElement round in rounds)
        {
            long[] named = [.. DataOf(round).GetProperty("updates").EnumerateArray().Select(index => index.GetInt64())];
            named.Order().ShouldBe(received[RoundOf(round)].Select(entry => entry.GetProperty("index").GetInt64()).Order());
            PartialAggregate sum = model.NewPartial();
            foreach (JsonElement update in received[RoundOf(round)])
            {
                sum.Fold(Vector(Sha(update, "update"), "update"), [], DataOf(update).GetProperty("rows").GetInt64(), 1);
            }
            model.Apply([sum], 1, 1);
            SafetensorsFile.Sha256([new NamedTensor("weights", [model.Weights.Length], model.Weights)]).ShouldBe(Sha(round, "model"), $"round {RoundOf(round)}");
        }
        SafetensorsFile.Read(Path.Combine(_run, "models", $"{_arm}.safetensors")).Tensors.SelectMany(tensor => tensor.Values.ToArray()).ShouldBe(model.Weights);
    }

    private IEnumerable<JsonElement> Of(string kind) => _entries.Where(entry => entry.GetProperty("kind").GetString() == kind && DataOf(entry).GetProperty("arm").GetString() == _arm);

    private float[] Vector(string sha, string name) => SafetensorsFile.Read(Path.Combine(_run, "blobs", sha)).Tensors.Single(tensor => tensor.Name == name).Values.ToArray();

    private static JsonElement DataOf(JsonElement entry) => entry.GetProperty("data");

    private static int RoundOf(JsonElement entry) => DataOf(entry).GetProperty("round").GetInt32();

    private static string Sha(JsonElement entry, string name) => DataOf(entry).GetProperty(name).GetString()!;
}

using Atoll.Experiments.Binding;
using Atoll.Experiments.Yaml;
using Atoll.Federation;
using Atoll.Learning.Data.Catalog;
using Atoll.Learning.Optimizers;

namespace Atoll.Experiments.Reading;

/// <summary>What one field demands of another, once an arm is whole.</summary>
internal sealed class Relations(ProblemList problems)
{
    /// <param name="written">The arm with what it inherits, to find lines in.</param>
    public void Check(Arm arm, MappingNode written)
    {
        MappingNode data = (MappingNode)written.Find("data")!.Value;
        CheckCsv(arm, written, data);
        Node? site = data.Given("site"), partition = written.Given("partition");
        if (arm.Data.Site is not null && arm.Partition is not null)
        {
            problems.Add(partition!.Place, $"{partition.Place.Subject} (line {partition.Place.Line}) and {site!.Place.Subject} (line {site.Place.Line}) "
                + "exclude each other: a site column is a split already. An inherited one is taken away with partition: none or site: null");
        }
        NotEmpty(arm.Data.Features, data.Given("features"), "column");
        if (arm.Training.LocalEpochs is { } epochs && epochs.Min > epochs.Max)
        {
            Node range = ((MappingNode)written.Find("training")!.Value).Given("local-epochs")!;
            problems.Add(range.Place, $"{range.Place.Subject} must have a min of at most its max (was {epochs.Min} and {epochs.Max})");
        }
        CheckCatalog(arm.Data.Catalog, data.Given("catalog"));
        if (arm is FederatedArm federated)
        {
            CheckAlgorithms(federated, written);
        }
    }

    private void CheckCatalog(string? name, Node? node)
    {
        string[] known = [.. DataCatalog.Entries.Select(entry => entry.Name)];
        if (name is not null && !known.Contains(name))
        {
            problems.Add(node!.Place, $"{node.Place.Subject} must be {Names.Or(known)} (was {node.Shown}){Nearest.Hint(name, known)}");
        }
    }

    private void CheckAlgorithms(FederatedArm arm, MappingNode written)
    {
        Node? objective = written.Given("local-objective"), aggregation = written.Given("aggregation"), server = written.Given("server-optimizer");
        Exclude(objective, aggregation, Combination.Contradiction(arm.LocalObjective, arm.Aggregation));
        Exclude(objective, server, Combination.Contradiction(arm.LocalObjective, arm.ServerOptimizer));
        Node? buffered = written.Given("buffered");
        Exclude(objective, buffered, Combination.Contradiction(arm.LocalObjective, arm.Buffered));
        Exclude(aggregation, buffered, Combination.Contradiction(arm.Aggregation, arm.Buffered));
        Exclude(written.Given("selection"), buffered, Combination.Contradiction(arm.Selection, arm.Buffered));
        if (arm.Training.Optimizer is not Sgd)
        {
            NeedSgd(objective, Combination.NeedsPlainSteps(arm.LocalObjective), arm, written);
            NeedSgd(aggregation, Combination.NeedsPlainSteps(arm.Aggregation), arm, written);
        }
    }

    private void Exclude(Node? one, Node? other, string? reason)
    {
        if (reason is not null)
        {
            problems.Add(one!.Place, $"{Subject(one)} and {Subject(other!)} contradict each other. {reason.TrimEnd('.')}");
        }
    }

    private void NeedSgd(Node? algorithm, string? reason, Arm arm, MappingNode written)
    {
        if (reason is not null)
        {
            Node optimizer = ((MappingNode)written.Find("training")!.Value).Given("optimizer")!;
            problems.Add(algorithm!.Place, $"{Subject(algorithm)} needs {Subject(optimizer)} to be of kind sgd: {reason} "
                + $"(was {Kinds.Of(typeof(IOptimizer))!.NameOf(arm.Training.Optimizer)})");
        }
    }

    private static string Subject(Node node) => $"{node.Place.Subject} (line {node.Place.Line})";

    private void CheckCsv(Arm arm, MappingNode written, MappingNode data)
    {
        if (arm.Data.Csv is null)
        {
            return;
        }
        NotEmpty(arm.Data.Csv, data.Given("csv"), "file");
        if (arm.Data.Label is null)
        {
            problems.Add(data.Place, $"{data.Place.Field("label").Path} is missing: must be the column to predict, where the data is CSV");
        }
        // One that was given and could not be read has been told of already.
        if (arm is not CentralizedArm && data.Given("site") is null && arm.Partition is null && written.Given("partition") is not MappingNode)
        {
            problems.Add(written.Place, $"{written.Place.Subject} must have sites: give data.site (a column) or partition (was neither)");
        }
    }

    private void NotEmpty(IReadOnlyList<string>? list, Node? node, string item)
    {
        if (list is { Count: 0 })
        {
            problems.Add(node!.Place, $"{node.Place.Subject} must name at least one {item} (was an empty list)");
        }
    }
}

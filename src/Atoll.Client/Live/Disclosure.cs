using System.Globalization;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Learning;
using Atoll.Learning.Data.Schema;

namespace Atoll.Client.Live;

/// <summary>What will leave a site's machine if it joins, and what will not: what its operator agrees to.</summary>
public sealed record Disclosure
{
    private const int ShownLevels = 12;

    /// <summary>A text of which there are so many, and this share of the rows has one of its own, says which row it is rather than what is true of it.</summary>
    private const int FewestNames = 10;

    private const double ShareOfNames = 0.5;

    /// <summary>A sentence each.</summary>
    public required IReadOnlyList<string> Leaves { get; init; }

    public required IReadOnlyList<string> Stays { get; init; }

    /// <summary>What the operator should look at before agreeing: a sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Tensor bodies from this machine over the whole run, if the site takes part in every round; of a model as large as this site's own columns make it.</summary>
    public required long BytesUp { get; init; }

    public required long BytesDown { get; init; }

    /// <param name="joined">What the sites that are in tell of theirs; null where none is.</param>
    /// <exception cref="InvalidOperationException">A model does not fit the site's rows.</exception>
    public static Disclosure Of(Experiment experiment, ISiteRows rows, SiteDeclaration? declares, JoinedTables? joined)
    {
        List<string> training = [];
        long up = 0, down = 0;
        foreach ((string name, Arm any) in experiment.Arms)
        {
            if (any is FederatedArm arm)
            {
                (Shape sample, int classes) = rows.OwnShape(name);
                int parameters = arm.Model.Build(sample, classes).ParameterCount;
                long each = ProtocolBytes.Up(parameters, arm.LocalObjective), model = ProtocolBytes.Down(parameters, arm.LocalObjective);
                up += arm.Rounds * each;
                down += (arm.Rounds + 1L) * model;
                training.Add(Text($"In each of at most {arm.Rounds} rounds of {name}: how training changed the model's about {parameters:N0} numbers ({Bytes(each)}), its loss, how many steps it took.")
                    + (arm.LocalObjective.ExchangesControl ? " And the change of its control vector." : ""));
            }
        }
        return new()
        {
            Leaves =
            [
                .. rows.Summaries.GroupBy(arm => Told(arm.Value)).Select(same => same.Key),
                "How many training and test rows this site has, and how many of each label.",
                .. training,
                "How good each model is on this site's test rows: its metrics and loss.",
                "The energy that training took, and how that is known." + Declared(declares),
                "The site's name, its public key, signatures, and signs of life while it trains.",
            ],
            Stays =
            [
                "The rows: no value of a numeric column, no mean, minimum or maximum, no combination of values.",
                "The names of files and folders, and everything else on this machine.",
                "The site's private key.",
            ],
            Warnings = [.. Names(rows), .. LookAlikes(rows, joined)],
            BytesUp = up,
            BytesDown = down,
        };
    }

    private static IEnumerable<string> Names(ISiteRows rows) =>
        rows.Summaries.Values.SelectMany(summary => summary.Columns).Where(column => IsName(column, rows.Count)).DistinctBy(column => column.Name).Select(column =>
            Text($"'{column.Name}' has {column.Levels!.Count} different values in {rows.Count} rows, and all of them would go to the coordinator and to every site. It looks like a name or a number of a person or thing: take the column out, or have the experiment ignore it."));

    private static IEnumerable<string> LookAlikes(ISiteRows rows, JoinedTables? joined)
    {
        LookAlike[] all = joined is null ? []
            : [.. rows.Summaries.SelectMany(arm => joined.Summaries.TryGetValue(arm.Key, out TableSummary? others) ? arm.Value.LookAlikes(others) : []).Distinct()];
        foreach (IGrouping<string, LookAlike> column in all.GroupBy(alike => alike.Column))
        {
            string pairs = Listed([.. column.Select(alike => $"'{alike.Here}' here and '{alike.There}' there")]);
            yield return $"'{column.Key}' is written otherwise than at the sites that are in: {pairs}. They count as different values. If they are the same, write them as the others do before you join.";
        }
    }

    private static bool IsName(ColumnSummary column, int rows) => !column.IsNumeric && column.Levels is { Count: >= FewestNames } levels && levels.Count >= ShareOfNames * rows;

    private static string Told(TableSummary summary)
    {
        string[] numeric = [.. summary.Columns.Append(summary.Label).Where(column => column.Levels is null).Select(column => column.Name)];
        string told = numeric.Length == 0 ? "The names of the columns" : $"The names of the columns that hold numbers ({Listed(numeric)})";
        string[] texts = [.. summary.Columns.Append(summary.Label).Where(column => column.Levels is not null).Select(column => $"{column.Name} ({Listed(column.Levels!)})")];
        return texts.Length == 0 ? told + "." : told + ", and of the others the different values that occur: " + string.Join("; ", texts) + ".";
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(ShownLevels)) + (names.Count > ShownLevels ? Text($" and {names.Count - ShownLevels} more") : "");

    private static string Declared(SiteDeclaration? declares) => declares is null ? "" : " What you declared: " + string.Join(", ", new[]
    {
        declares.Hardware is { } hardware ? $"hardware {hardware}" : null, declares.Grid is { } grid ? $"grid {grid}" : null, declares.Pue is { } pue ? Text($"PUE {pue}") : null,
    }.OfType<string>()) + ".";

    private static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => Text($"{bytes:N0} bytes"),
        < 10_000_000 => Text($"{bytes / 1e3:N0} kB"),
        _ => Text($"{bytes / 1e6:N0} MB"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

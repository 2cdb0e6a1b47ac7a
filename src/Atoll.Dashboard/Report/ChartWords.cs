using Atoll.Dashboard.Figures;
using Atoll.Dashboard.Verdicts;
using Atoll.Experiments.Results;

namespace Atoll.Dashboard.Report;

/// <summary>What each chart shows, in a sentence for who cannot see it.</summary>
internal static class ChartWords
{
    public static string Convergence(ReportModel model) => $"Line chart of {model.First.Label} by round. "
        + Sentence.End(string.Join("; ", model.Run.Arms.Select(arm => Course(model, arm))));

    public static string Traffic(ReportModel model, IEnumerable<ArmResult> arms) => $"Line chart of {model.First.Label} by bytes sent. "
        + Sentence.End(string.Join("; ", arms.Select(arm => $"{arm.Name} sends {Figure.Bytes(arm.Rounds[^1].Bytes)} to reach {Last(model, arm)}")));

    public static string Sites(ReportModel model) => $"Bar chart of {model.First.Label} at each site for each arm. "
        + Sentence.End(string.Join("; ", Finished(model).Select(arm => Range(model, arm))));

    public static string Spread(ReportModel model) => $"Line chart of {model.First.Label} over all sites from worst to best for each arm. "
        + Sentence.End(string.Join("; ", Finished(model).Select(arm => Range(model, arm))));

    public static string Labels(ReportModel model)
    {
        var data = model.Run.Data;
        var smallest = data.Sites.MinBy(site => site.TrainRows + site.TestRows)!;
        var largest = data.Sites.MaxBy(site => site.TrainRows + site.TestRows)!;
        var chart = data.Classes.Count > 0 ? "Heat map of the rows of each label at each site" : "Bar chart of the rows at each site";
        return $"{chart}: {Counted.Of(data.Sites.Count, "site")}, from {Rows(smallest)} at {smallest.Name} to {Rows(largest)} at {largest.Name}.";
    }

    public static string Costs(ReportModel model, IReadOnlyList<CostStack> stacks) => "Stacked bar chart of what each arm takes. "
        + Sentence.End(string.Join("; ", stacks.Select(stack => $"{stack.Label}: "
            + string.Join(", ", model.Run.Arms.Where(arm => stack.Values[arm.Name] is not null).Select(arm => $"{arm.Name} {Figure.Amount(stack.Values[arm.Name]!.Sum(), stack.Unit)}")))));

    private static IEnumerable<ArmResult> Finished(ReportModel model) => model.Run.Arms.Where(arm => arm.Final is not null);

    private static string Rows(SiteFacts site) => Counted.Of(site.TrainRows + site.TestRows, "row");

    private static string Course(ReportModel model, ArmResult arm)
    {
        var seen = arm.Rounds.Select(round => round.Metrics.GetValueOrDefault(model.First.Name)).Where(value => value is not null).ToList();
        return seen.Count == 0
            ? $"{arm.Name} has no curve"
            : $"{arm.Name} goes from {Figure.Metric(model.First, seen[0])} to {Figure.Metric(model.First, seen[^1])}" + (arm.Stopped is null ? "" : " and stopped there");
    }

    private static string Last(ReportModel model, ArmResult arm) =>
        Figure.Metric(model.First, arm.Rounds.Select(round => round.Metrics.GetValueOrDefault(model.First.Name)).LastOrDefault(value => value is not null));

    private static string Range(ReportModel model, ArmResult arm)
    {
        var values = model.Reading.Sites(arm).Select(site => site.Value.Value).ToList();
        return values.Count == 0
            ? $"{arm.Name} has none"
            : $"{arm.Name} from {Figure.Metric(model.First, values.Min())} to {Figure.Metric(model.First, values.Max())}";
    }
}

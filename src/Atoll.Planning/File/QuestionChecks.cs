using Atoll.Experiments;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;

namespace Atoll.Planning.File;

/// <summary>Whether what a plan asks (<c>solve</c>, <c>sweep</c>) names inputs and outputs that there are, and ranges that lead somewhere.</summary>
internal static class QuestionChecks
{
    public static void Check(StrictFile<Plan> file, InputTable table)
    {
        Plan plan = file.Value;
        for (int i = 0; i < plan.Solve.Count; i++)
        {
            Solve solve = plan.Solve[i];
            Vary(file, table, $"solve[{i}].vary", solve.Vary);
            Until(file, $"solve[{i}].until", solve.Until);
            if (!double.IsFinite(solve.Reaches))
            {
                file.Refuse($"solve[{i}].reaches", $"must be a finite number (was {solve.Reaches})");
            }
        }
        for (int i = 0; i < plan.Sweep.Count; i++)
        {
            Sweep sweep = plan.Sweep[i];
            Axis(file, table, $"sweep[{i}]", sweep.Vary, sweep.From, sweep.To, sweep.Spacing);
            if (sweep.Against is { } against)
            {
                Axis(file, table, $"sweep[{i}].against", against.Vary, against.From, against.To, against.Spacing);
                if (table.Find(against.Vary) is { } second && second == table.Find(sweep.Vary))
                {
                    file.Refuse($"sweep[{i}].against.vary", $"must be another input than sweep[{i}].vary (was {against.Vary})");
                }
            }
            Show(file, $"sweep[{i}].show", sweep.Show);
        }
    }

    private static int? Vary(StrictFile<Plan> file, InputTable table, string field, string path)
    {
        int? index = table.Find(path);
        if (index is null)
        {
            file.Refuse(field, $"must be an input of the plan (was {path}){Near(path, table.Paths)}");
        }
        return index;
    }

    private static void Until(StrictFile<Plan> file, string field, string until)
    {
        string[] outputs = [.. file.Value.Arms.Keys.SelectMany(arm => Output.All.Select(o => $"arms.{arm}.{o.Name}"))];
        if (!outputs.Contains(until))
        {
            file.Refuse(field, $"must be an output of an arm, such as {(outputs.Length > 0 ? outputs[^1] : "arms.NAME.utilization")} (was {until}){Near(until, outputs)}");
        }
    }

    private static void Show(StrictFile<Plan> file, string field, string show)
    {
        if (Output.Find(show) is null)
        {
            file.Refuse(field, $"must be one of {string.Join(", ", Output.All.Select(o => o.Name))} (was {show}){Near(show, Output.All.Select(o => o.Name))}");
        }
    }

    private static void Axis(StrictFile<Plan> file, InputTable table, string field, string vary, string from, string to, Spacing spacing)
    {
        if (Vary(file, table, $"{field}.vary", vary) is not { } index)
        {
            return;
        }
        double? first = Value(file, table, index, $"{field}.from", from), last = Value(file, table, index, $"{field}.to", to);
        if (first >= last)
        {
            file.Refuse($"{field}.from", $"must be less than to, {to} (was {from})");
        }
        if (spacing is Spacing.Logarithmic && first <= 0)
        {
            file.Refuse($"{field}.from", $"must be more than 0 where the spacing is logarithmic (was {from}): write spacing: linear");
        }
    }

    private static double? Value(StrictFile<Plan> file, InputTable table, int index, string field, string text)
    {
        if (table.TryParse(index, text, out double value, out string problem))
        {
            return value;
        }
        file.Refuse(field, problem);
        return null;
    }

    private static string Near(string written, IEnumerable<string> known) => NearestName.Of(written, known) is { } near ? $". Did you mean {near}?" : "";
}

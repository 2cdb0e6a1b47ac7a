using System.Globalization;
using Atoll.Footprint.Provenance;

namespace Atoll.Footprint.Grids;

/// <summary>Rows of times and values to a trace of equal steps: finds the step and the gaps, and does about them what is asked.</summary>
internal static class TraceRows
{
    /// <summary>Steps that a trace may come to once its gaps are filled: 20 years of minutes. A single wrong year must not fill the memory.</summary>
    private const int MostSteps = 10_600_000;

    /// <param name="name">What messages call it.</param>
    /// <param name="rows">In the order given.</param>
    /// <param name="known">The step, where the source states it.</param>
    /// <exception cref="TraceException">They are no trace.</exception>
    public static GridTrace ToTrace(string name, IReadOnlyList<TraceRow> rows, GapRule rule, Origin origin, IReadOnlyList<string> notes, TimeSpan? known = null)
    {
        RefuseDisorder(name, rows);
        TraceRow[] valued = [.. rows.Where(row => row.Intensity is not null)];
        if (valued.Length == 0)
        {
            throw new TraceException($"{name} must have at least one value, but {(rows.Count == 0 ? "has no rows" : "none of its rows has one")}.");
        }
        TimeSpan step = known ?? StepOf(name, rows);
        int[] at = Positions(name, valued, step);
        TraceGaps? gaps = Gaps(valued, at, step);
        if (gaps is null)
        {
            return new(name, valued[0].At, step, [.. valued.Select(row => row.Intensity!.Value)], origin) { Notes = notes };
        }
        if (rule == GapRule.Refuse)
        {
            throw new TraceException($"{name} must have no gaps where they are refused, but {gaps.Describe(step)}. Gaps can be interpolated or held.");
        }
        double[] values = rule == GapRule.AsListed ? [.. valued.Select(row => row.Intensity!.Value)] : Filled(valued, at, rule);
        string done = rule switch
        {
            GapRule.Interpolate => "filled with straight lines between the neighbours",
            GapRule.Hold => "filled with the last value before each",
            _ => "not filled: the rows follow each other as listed, each one step long",
        };
        return new(name, valued[0].At, step, values, origin) { Gaps = gaps, Notes = [.. notes, $"{name}: {gaps.Describe(step)}; {done}."] };
    }

    private static void RefuseDisorder(string name, IReadOnlyList<TraceRow> rows)
    {
        for (int i = 1; i < rows.Count; i++)
        {
            TimeSpan distance = rows[i].At - rows[i - 1].At;
            if (distance <= TimeSpan.Zero)
            {
                throw new TraceException(distance == TimeSpan.Zero
                    ? $"{Where(name, rows[i])}: each time must be there once, but {Text(rows[i].At)} is there twice. (Local times without an offset repeat an hour every autumn: give UTC, or offsets.)"
                    : $"{Where(name, rows[i])}: times must ascend, but {Text(rows[i].At)} follows {Text(rows[i - 1].At)}.");
            }
        }
    }

    /// <summary>The distance of more than half of the neighbours.</summary>
    private static TimeSpan StepOf(string name, IReadOnlyList<TraceRow> rows)
    {
        Dictionary<TimeSpan, int> counts = [];
        for (int i = 1; i < rows.Count; i++)
        {
            TimeSpan distance = rows[i].At - rows[i - 1].At;
            counts[distance] = counts.GetValueOrDefault(distance) + 1;
        }
        if (counts.Count == 0)
        {
            throw new TraceException($"{name}: the step must be told from at least two rows, but there is one.");
        }
        (TimeSpan step, int most) = counts.MaxBy(c => c.Value);
        return 2 * most > rows.Count - 1 ? step : throw new TraceException(
            $"{name}: the step must be told from its times, but no distance is that of more than half of the rows (the most common, {TraceGaps.Duration(step)}, is that of {most} of {rows.Count - 1}).");
    }

    /// <summary>The step that each row is at, counted from the first.</summary>
    private static int[] Positions(string name, TraceRow[] rows, TimeSpan step)
    {
        int[] at = new int[rows.Length];
        for (int i = 1; i < rows.Length; i++)
        {
            (long steps, long rest) = Math.DivRem((rows[i].At - rows[0].At).Ticks, step.Ticks);
            if (rest != 0)
            {
                throw new TraceException($"{Where(name, rows[i])}: times must lie whole steps of {TraceGaps.Duration(step)} from the first, {Text(rows[0].At)}, but {Text(rows[i].At)} does not.");
            }
            if (steps >= MostSteps)
            {
                throw new TraceException($"{Where(name, rows[i])}: a trace must have at most {MostSteps} steps, but {Text(rows[i].At)} is {steps} steps of {TraceGaps.Duration(step)} from the first.");
            }
            at[i] = (int)steps;
        }
        return at;
    }

    private static TraceGaps? Gaps(TraceRow[] rows, int[] at, TimeSpan step)
    {
        int count = 0, longest = 0, from = 0;
        for (int i = 1; i < at.Length; i++)
        {
            int missing = at[i] - at[i - 1] - 1;
            count += missing > 0 ? 1 : 0;
            if (missing > longest)
            {
                (longest, from) = (missing, at[i - 1] + 1);
            }
        }
        int covered = at[^1] + 1;
        return count == 0 ? null : new()
        {
            Count = count,
            MissingSteps = covered - at.Length,
            CoveredSteps = covered,
            LongestSteps = longest,
            LongestFrom = rows[0].At + from * step,
        };
    }

    private static double[] Filled(TraceRow[] rows, int[] at, GapRule rule)
    {
        double[] values = new double[at[^1] + 1];
        for (int i = 0; i < at.Length; i++)
        {
            double here = values[at[i]] = rows[i].Intensity!.Value;
            int next = i + 1 < at.Length ? at[i + 1] : at[i];
            for (int gap = at[i] + 1; gap < next; gap++)
            {
                double share = (double)(gap - at[i]) / (next - at[i]);
                values[gap] = rule == GapRule.Hold ? here : here + share * (rows[i + 1].Intensity!.Value - here);
            }
        }
        return values;
    }

    private static string Where(string name, TraceRow row) => row.Line > 0 ? $"{name}, line {row.Line}" : name;

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
}

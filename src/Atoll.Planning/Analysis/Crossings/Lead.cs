using Atoll.Planning.Analysis.Choice;

namespace Atoll.Planning.Analysis.Crossings;

/// <summary>Which arm is the best along the values of an input.</summary>
/// <param name="points">Rising, more than 0.</param>
/// <param name="figures">For each arm its figure at each point; less is better.</param>
/// <param name="at">An arm's figure at any value between the points.</param>
internal sealed class Lead(double[] points, double[][] figures, Func<int, double, double> at)
{
    private const int Nobody = -1;

    // A lead that never makes up a thousandth is none that anybody would act on.
    private const double WorthNaming = 1e-3;

    /// <summary>Every change of the lead. An arm keeps it while no other is better by more than rounding: two that run level do not take turns.</summary>
    public IReadOnlyList<Flip> Flips()
    {
        Stint[] all = [.. Stints()], stints = [.. all.Where(s => s.Arm == Nobody || all.Length == 1 || Prominence(s) >= WorthNaming)];
        List<Flip> flips = [];
        for (int i = 1; i < stints.Length; i++)
        {
            (Stint before, Stint after) = (stints[i - 1], stints[i]);
            if (before.Arm != Nobody && after.Arm != Nobody && before.Arm != after.Arm)
            {
                // Others may have led by next to nothing in between: then where these two are equal.
                double value = before.To.Equals(after.From) ? after.From : Crossing.Zero(x => Difference(at(before.Arm, x), at(after.Arm, x)), before.To, after.From);
                flips.Add(new(value, before.Arm, after.Arm));
            }
        }
        return flips;
    }

    private IEnumerable<Stint> Stints()
    {
        int leader = Score.Best(Column(0));
        double since = points[0];
        for (int i = 1; i < points.Length; i++)
        {
            double[] here = Column(i);
            int next = leader == Nobody || !Score.IsBest(here, leader) ? Score.Best(here) : leader;
            double from = points[i - 1];
            // Between two points the lead may pass through every arm once.
            for (int turn = 0; turn <= figures.Length && leader != next; turn++)
            {
                (double value, int heir) = leader == Nobody || next == Nobody || turn == figures.Length ? (points[i], next) : Change(leader, next, from, points[i]);
                yield return new(leader, since, value);
                (leader, since, from) = (heir, value, value);
            }
        }
        yield return new(leader, since, points[^1]);
    }

    /// <summary>Where the leader is overtaken, and by whom.</summary>
    private (double Value, int Heir) Change(int leader, int heir, double from, double to)
    {
        double value = Crossing.Zero(x => Difference(at(leader, x), at(heir, x)), from, to);
        double[] there = Column(value);
        if (Score.IsBest(there, heir))
        {
            return (value, heir);
        }
        // A third arm is better than both in between.
        value = Crossing.First(x => !Score.IsBest(Column(x), leader), from, to);
        there = Column(value);
        int third = Enumerable.Range(0, figures.Length).FirstOrDefault(a => a != leader && Score.IsBest(there, a), heir);
        // The leader was beaten there by more than rounding; the two are equal a little before.
        return (Crossing.Zero(x => Difference(at(leader, x), at(third, x)), from, value), third);
    }

    /// <summary>The largest share by which a leader is below all others in its time.</summary>
    private double Prominence(Stint stint)
    {
        double most = Ahead(Column(Math.Sqrt(stint.From) * Math.Sqrt(stint.To)), stint.Arm);
        for (int i = 0; i < points.Length; i++)
        {
            most = points[i] >= stint.From && points[i] <= stint.To ? Math.Max(most, Ahead(Column(i), stint.Arm)) : most;
        }
        return most;
    }

    private static double Ahead(double[] column, int arm)
    {
        double second = double.PositiveInfinity;
        for (int a = 0; a < column.Length; a++)
        {
            second = a != arm && column[a] < second ? column[a] : second;
        }
        return double.IsPositiveInfinity(second) ? 1 : second == 0 ? 0 : (second - column[arm]) / Math.Abs(second);
    }

    private double[] Column(int point) => [.. figures.Select(f => f[point])];

    private double[] Column(double value) => [.. figures.Select((_, arm) => at(arm, value))];

    /// <summary>Negative while the leader holds; level counts as holding, infinite or not.</summary>
    private static double Difference(double leader, double heir) => leader.Equals(heir) ? -double.Epsilon : leader - heir;

    private readonly record struct Stint(int Arm, double From, double To);
}

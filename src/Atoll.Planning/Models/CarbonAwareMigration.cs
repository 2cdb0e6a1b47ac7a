namespace Atoll.Planning.Models;

/// <summary>A job that may pause and move: in each step it runs where it is, waits, or its checkpoint moves.</summary>
/// <remarks>
/// A price λ on progress turns "the least carbon that gets the job done" into the least of carbon − λ × progress, which is a dynamic program over steps and sites
/// (Lagrangian relaxation: Fisher 1981, Management Science 27); bisection finds the λ at which the whole job is just done, and what is done beyond it is taken
/// away again, the worst steps first. Where moving costs nothing and all sites are equally fast, that is exact; otherwise it is at most about one step from the least,
/// and never above the best single site.
/// </remarks>
/// <param name="moveSteps">From a site (row) to another (column), in steps; NaN where no way leads.</param>
/// <param name="moveGrams">Of one move.</param>
internal sealed class CarbonAwareMigration(CarbonAwareGrids grids, CarbonAwareJob job, double[,] moveSteps, double[,] moveGrams)
{
    private const int Halvings = 20;
    private const double Fine = 1e-4;
    private const double Enough = 1 - 1e-9;

    private const int Wait = -1, Run = -2; // else: move to that site

    private readonly (int Whole, double Room)[] _travel = Travel(moveSteps, job.Sites);
    private double _price, _hint;
    private double[] _cost = [];
    private double[] _value = [];
    private int[] _choice = [];

    /// <summary>Null where no way of moving gets the job done within its window.</summary>
    public CarbonAwareWindow? At(int start)
    {
        int steps = Window(start), n = job.Sites;
        if (steps <= 0)
        {
            return null;
        }
        (_cost, _value, _choice) = (Costs(start, steps), new double[(steps + 1) * n], new int[steps * n]);
        double low = 0, high = _hint > 0 ? 1.25 * _hint : 1;
        Path path = Follow(steps, Solve(steps, high));
        for (int raised = 0; path.Progress < Enough && raised < 60; raised++)
        {
            (low, high) = (high, 4 * high);
            path = Follow(steps, Solve(steps, high));
        }
        if (path.Progress < Enough)
        {
            return null;
        }
        // The last start's price is mostly near this one's.
        double next = low < 0.8 * _hint ? 0.8 * _hint : (low + high) / 2;
        for (int i = 0; i < Halvings && high - low > Fine * high; i++, next = (low + high) / 2)
        {
            Path tried = Follow(steps, Solve(steps, next));
            (low, high, path) = tried.Progress >= Enough ? (low, next, tried) : (next, high, path);
        }
        _hint = high;
        return Trimmed(path);
    }

    /// <summary>Whole steps in which the job may run: to the latest end that any site allows.</summary>
    private int Window(int start)
    {
        double most = 0;
        for (int site = 0; site < job.Sites; site++)
        {
            most = Math.Max(most, job.Steps[site] + job.Slack[site]);
        }
        return (int)Math.Min(Math.Floor(most + 1e-9), grids.Length - start);
    }

    /// <returns>The best site to begin at.</returns>
    private int Solve(int steps, double price)
    {
        int n = job.Sites;
        Array.Clear(_value, steps * n, n);
        for (int t = steps - 1; t >= 0; t--)
        {
            for (int at = 0; at < n; at++)
            {
                double gain = Gain(t, at, price), later = _value[(t + 1) * n + at];
                (double best, int choice) = gain < 0 ? (gain + later, Run) : (later, Wait);
                for (int to = 0; to < n; to++)
                {
                    if (to != at && Arrival(t, at, to, out double room) is var arrival && arrival < steps)
                    {
                        double moved = moveGrams[at, to] + room * Math.Min(0, Gain(arrival, to, price)) + _value[(arrival + 1) * n + to];
                        (best, choice) = moved < best ? (moved, to) : (best, choice);
                    }
                }
                (_value[t * n + at], _choice[t * n + at]) = (best, choice);
            }
        }
        int first = 0;
        for (int site = 1; site < n; site++)
        {
            first = _value[site] < _value[first] ? site : first;
        }
        _price = price;
        return first;
    }

    private double Gain(int step, int site, double price) => _cost[step * job.Sites + site] - price / job.Steps[site];

    /// <summary>The step in which a checkpoint arrives that leaves at a step's beginning.</summary>
    /// <param name="room">Share of that step which is left.</param>
    private int Arrival(int t, int from, int to, out double room)
    {
        (int whole, room) = _travel[from * job.Sites + to];
        return t + whole;
    }

    /// <summary>Whole steps that a move takes, and what its last step has left. Half of all numbers where no way leads, so that adding a step to it does not overflow.</summary>
    private static (int, double)[] Travel(double[,] steps, int sites)
    {
        (int, double)[] travel = new (int, double)[sites * sites];
        for (int i = 0; i < travel.Length; i++)
        {
            double takes = steps[i / sites, i % sites], whole = Math.Floor(takes);
            travel[i] = takes < int.MaxValue / 2 ? ((int)whole, 1 - (takes - whole)) : (int.MaxValue / 2, 0);
        }
        return travel;
    }

    /// <summary>Grams of running, by step and site.</summary>
    private double[] Costs(int start, int steps)
    {
        int n = job.Sites;
        double[] costs = new double[steps * n];
        for (int i = 0; i < costs.Length; i++)
        {
            costs[i] = job.GramsPerStep[i % n] * grids.Of(i % n)[start + i / n];
        }
        return costs;
    }

    private Path Follow(int steps, int first)
    {
        int[] site = new int[steps];
        double[] share = new double[steps];
        List<(int, int)> moves = [];
        double progress = 0;
        Array.Fill(site, -1);
        int at = first, n = job.Sites;
        for (int t = 0; t < steps;)
        {
            int choice = _choice[t * n + at];
            double room = 1;
            if (choice >= 0)
            {
                int arrival = Arrival(t, at, choice, out room);
                moves.Add((at, choice));
                (at, t) = (choice, arrival);
            }
            if (choice == Run || (choice >= 0 && Gain(t, at, _price) < 0))
            {
                (site[t], share[t]) = (at, room);
                progress += room / job.Steps[at];
            }
            t++;
        }
        return new(site, share, moves, progress);
    }

    private CarbonAwareWindow Trimmed(Path path)
    {
        double excess = path.Progress - 1;
        double PerProgress(int t) => _cost[t * job.Sites + path.Site[t]] * job.Steps[path.Site[t]];
        foreach (int t in Enumerable.Range(0, path.Site.Length).Where(t => path.Site[t] >= 0).OrderByDescending(PerProgress))
        {
            double taken = Math.Min(path.Share[t], excess * job.Steps[path.Site[t]]);
            if (taken <= 0)
            {
                break;
            }
            path.Share[t] -= taken;
            excess -= taken / job.Steps[path.Site[t]];
        }
        double grams = 0;
        double[] done = new double[job.Sites];
        for (int t = 0; t < path.Site.Length; t++)
        {
            if (path.Site[t] is >= 0 and int site)
            {
                grams += path.Share[t] * _cost[t * job.Sites + site];
                done[site] += path.Share[t] / job.Steps[site];
            }
        }
        for (int site = 0; site < done.Length; site++)
        {
            grams += done[site] * job.FixedGrams[site];
        }
        return new(path.Site, path.Share, grams + path.Moves.Sum(m => moveGrams[m.From, m.To])) { Moves = path.Moves };
    }

    private sealed record Path(int[] Site, double[] Share, IReadOnlyList<(int From, int To)> Moves, double Progress);
}

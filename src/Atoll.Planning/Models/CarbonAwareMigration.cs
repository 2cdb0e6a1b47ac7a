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
    private const int MostTries = 40;

    /// <summary>Of the price: how far above the least a path may be.</summary>
    private const double Fine = 1e-4;
    private const double Enough = 1 - 1e-9;

    private const int Wait = -1, Run = -2; // else: move to that site

    private readonly (int Whole, double Room, double Grams)[] _travel = Travel(moveSteps, moveGrams, job.Sites);
    private double[] _cost = [], _gain = [], _value = [];
    private int[] _choice = [];

    /// <summary>What the last price was of what staying at one site would have caused: the next one's is mostly near it.</summary>
    private double _ratio = 1.2;

    /// <summary>Null where no way of moving gets the job done within its window.</summary>
    /// <param name="staying">Grams of doing it at one site, by which the price is guessed.</param>
    public CarbonAwareWindow? At(int start, double staying)
    {
        int steps = Window(start), n = job.Sites;
        if (steps <= 0)
        {
            return null;
        }
        Costs(start, steps);
        double price = staying > 0 ? _ratio * staying : 1, low = 0, lowProgress = 0, high = double.PositiveInfinity;
        Path? best = null;
        for (int tries = 0; tries < MostTries && (best is null || high - low > Fine * high); tries++)
        {
            Path path = Follow(steps, Solve(steps, price));
            if (path.Progress < Enough)
            {
                (low, lowProgress) = (price, path.Progress);
            }
            else
            {
                (high, best) = (price, path);
                if (Gap(path, price) <= Fine * price)
                {
                    break;
                }
            }
            price = Next(low, lowProgress, high, best, tries);
        }
        if (best is null)
        {
            return null;
        }
        _ratio = staying > 0 ? high / staying : _ratio;
        return Trimmed(best);
    }

    /// <summary>By the line between what a price too low and one high enough get done, in turn with the middle; a bracket is first sought in growing strides.</summary>
    private static double Next(double low, double lowProgress, double high, Path? best, int tries)
    {
        if (best is null)
        {
            return low * (tries < 3 ? 1.25 : 4);
        }
        if (low == 0)
        {
            return high / (tries < 3 ? 1.25 : 4);
        }
        double line = low + (high - low) * Math.Clamp((1 - lowProgress) / (best.Progress - lowProgress), 0.05, 0.95);
        return tries % 3 == 2 ? (low + high) / 2 : line;
    }

    /// <summary>
    /// How far above the least a path may be, in grams, once it is trimmed: by duality nothing that does the job causes less than the path less the price of what it does
    /// beyond it, and trimming takes that away at the rate of its worst step.
    /// </summary>
    private double Gap(Path path, double price)
    {
        double excess = path.Progress - 1, worst = 0, room = 0;
        for (int t = 0; t < path.Site.Length; t++)
        {
            if (path.Site[t] is >= 0 and int site && _cost[t * job.Sites + site] * job.Steps[site] is var rate && rate > worst)
            {
                (worst, room) = (rate, path.Share[t] / job.Steps[site]);
            }
        }
        return excess <= 0 ? 0 : (price - worst) * Math.Min(excess, room) + price * Math.Max(0, excess - room);
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
        Span<double> cost = _cost, gain = _gain, value = _value;
        Span<int> choices = _choice;
        ReadOnlySpan<(int Whole, double Room, double Grams)> travel = _travel;
        for (int at = 0; at < n; at++)
        {
            double progress = price / job.Steps[at];
            for (int i = at; i < steps * n; i += n)
            {
                gain[i] = cost[i] - progress;
            }
        }
        value.Slice(steps * n, n).Clear();
        for (int t = steps - 1; t >= 0; t--)
        {
            for (int at = 0; at < n; at++)
            {
                double here = gain[t * n + at], later = value[(t + 1) * n + at];
                (double best, int choice) = here < 0 ? (here + later, Run) : (later, Wait);
                for (int to = 0; to < n; to++)
                {
                    (int whole, double room, double grams) = travel[at * n + to];
                    if (whole < steps - t)
                    {
                        int arrival = (t + whole) * n + to;
                        double moved = grams + room * Math.Min(0, gain[arrival]) + value[arrival + n];
                        if (moved < best)
                        {
                            (best, choice) = (moved, to);
                        }
                    }
                }
                (value[t * n + at], choices[t * n + at]) = (best, choice);
            }
        }
        int first = 0;
        for (int site = 1; site < n; site++)
        {
            first = value[site] < value[first] ? site : first;
        }
        return first;
    }

    /// <summary>Whole steps that a move takes, and what its last step has left. Beyond all windows where no way leads, and from a site to itself.</summary>
    private static (int, double, double)[] Travel(double[,] steps, double[,] grams, int sites)
    {
        (int, double, double)[] travel = new (int, double, double)[sites * sites];
        for (int i = 0; i < travel.Length; i++)
        {
            (int from, int to) = Math.DivRem(i, sites);
            double takes = steps[from, to], whole = Math.Floor(takes);
            travel[i] = from != to && takes < int.MaxValue ? ((int)whole, 1 - (takes - whole), grams[from, to]) : (int.MaxValue, 0, 0);
        }
        return travel;
    }

    /// <summary>Grams of running, by step and site; and room for what is found by them.</summary>
    private void Costs(int start, int steps)
    {
        int n = job.Sites;
        if (_cost.Length < steps * n)
        {
            (_cost, _gain, _value, _choice) = (new double[steps * n], new double[steps * n], new double[(steps + 1) * n], new int[steps * n]);
        }
        for (int site = 0; site < n; site++)
        {
            ReadOnlySpan<double> relative = grids.Of(site).AsSpan(start, steps);
            double grams = job.GramsPerStep[site];
            for (int t = 0; t < steps; t++)
            {
                _cost[t * n + site] = grams * relative[t];
            }
        }
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
                (int whole, room, _) = _travel[at * n + choice];
                moves.Add((at, choice));
                (at, t) = (choice, t + whole);
            }
            if (choice == Run || (choice >= 0 && _gain[t * n + at] < 0))
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
        while (excess > 0)
        {
            int worst = -1;
            for (int t = 0; t < path.Site.Length; t++)
            {
                worst = path.Site[t] >= 0 && path.Share[t] > 0 && (worst < 0 || PerProgress(t) > PerProgress(worst)) ? t : worst;
            }
            double stepsOver = excess * job.Steps[path.Site[worst]];
            if (stepsOver < path.Share[worst])
            {
                path.Share[worst] -= stepsOver;
                break;
            }
            excess -= path.Share[worst] / job.Steps[path.Site[worst]];
            path.Share[worst] = 0;
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

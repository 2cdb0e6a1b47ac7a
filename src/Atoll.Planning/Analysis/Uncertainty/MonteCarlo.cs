using System.Collections.Concurrent;
using Atoll.Planning.Analysis.Choice;
using Atoll.Planning.Inputs;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis.Uncertainty;

/// <summary>What the arms come to over the ranges of the inputs. All arms see the same draws, so that what they share does not blur the comparison.</summary>
internal sealed class MonteCarlo
{
    private const int DrawsAtOnce = 64;

    private readonly IReadOnlyList<Alternative> _arms;
    private readonly IReadOnlyList<Criterion> _criteria;

    // [criterion][arm][draw]
    private readonly double[][][] _figures;
    private readonly IReadOnlyDictionary<string, Percentiles>[] _ranges;

    private MonteCarlo(IReadOnlyList<Alternative> arms, IReadOnlyList<Criterion> criteria)
    {
        (_arms, _criteria) = (arms, criteria);
        _figures = [.. criteria.Select(_ => new double[arms.Count][])];
        _ranges = new IReadOnlyDictionary<string, Percentiles>[arms.Count];
    }

    /// <summary>5th and 95th percentile of an arm's outputs, by the output's name, over the draws in which it is known. Outputs that no draw tells, or with an infinite percentile, are left out.</summary>
    public IReadOnlyDictionary<string, Percentiles> Ranges(int arm) => _ranges[arm];

    /// <summary>For each arm the share of the draws in which it is the best by the weights. Arms that are alike share a draw.</summary>
    public required IReadOnlyList<double> BestShares { get; init; }

    /// <summary>Share of the draws in which one arm's figure is below another's.</summary>
    public double ShareBelow(int criterion, int arm, int other)
    {
        double[] a = _figures[criterion][arm], b = _figures[criterion][other];
        int below = 0;
        for (int draw = 0; draw < a.Length; draw++)
        {
            below += a[draw] < b[draw] ? 1 : 0;
        }
        return (double)below / a.Length;
    }

    /// <param name="progress">Told the share that is done.</param>
    public static MonteCarlo Run(IReadOnlyList<Alternative> arms, InputTable table, IReadOnlyList<Criterion> criteria, ulong seed, int draws, ParallelOptions parallel, IProgress<double>? progress = null)
    {
        InputDraws inputs = new(table, seed);
        double[] shares = new double[arms.Count];
        MonteCarlo result = new(arms, criteria) { BestShares = shares };
        long done = 0;
        for (int arm = 0; arm < arms.Count; arm++)
        {
            // One arm after the other: a million draws of all arms' outputs at once would not fit into memory.
            double[][] outputs = [.. Output.All.Select(_ => new double[draws])];
            foreach (double[][] figures in result._figures)
            {
                figures[arm] = new double[draws];
            }
            Parallel.ForEach(Partitioner.Create(0, draws, DrawsAtOnce), parallel, range =>
            {
                result.Evaluate(arm, inputs, table.Inputs.Count, outputs, range.Item1, range.Item2);
                progress?.Report((double)Interlocked.Add(ref done, range.Item2 - range.Item1) / ((long)draws * arms.Count));
            });
            result._ranges[arm] = PercentilesOf(outputs, parallel);
        }
        result.Share(shares, draws);
        return result;
    }

    private void Evaluate(int arm, InputDraws draws, int inputs, double[][] outputs, int from, int to)
    {
        double[] x = new double[inputs];
        for (int draw = from; draw < to; draw++)
        {
            draws.Draw(draw, x);
            ArmOutcome outcome = _arms[arm].Model.Evaluate(x);
            for (int o = 0; o < outputs.Length; o++)
            {
                outputs[o][draw] = Output.All[o].Value(outcome) ?? double.NaN;
            }
            for (int c = 0; c < _criteria.Count; c++)
            {
                _figures[c][arm][draw] = _criteria[c].Figure(_arms[arm], outcome);
            }
        }
    }

    private static Dictionary<string, Percentiles> PercentilesOf(double[][] outputs, ParallelOptions parallel)
    {
        Percentiles?[] found = new Percentiles?[outputs.Length];
        Parallel.For(0, outputs.Length, parallel, o =>
        {
            double[] known = [.. outputs[o].Where(v => !double.IsNaN(v))];
            if (known.Length == 0)
            {
                return;
            }
            Array.Sort(known);
            double p05 = Sample.Quantile(known, 0.05), p95 = Sample.Quantile(known, 0.95);
            found[o] = double.IsFinite(p05) && double.IsFinite(p95) ? new(p05, p95) : null;
        });
        return Enumerable.Range(0, outputs.Length).Where(o => found[o] is not null).ToDictionary(o => Output.All[o].Name, o => found[o]!);
    }

    private void Share(double[] shares, int draws)
    {
        double[] figures = new double[_criteria.Count * _arms.Count], scores = new double[_arms.Count];
        for (int draw = 0; draw < draws; draw++)
        {
            for (int i = 0; i < figures.Length; i++)
            {
                (int c, int arm) = Math.DivRem(i, _arms.Count);
                figures[i] = _criteria[c].Weighable(_figures[c][arm][draw]);
            }
            Score.Of(_criteria, figures, scores);
            int alike = 0;
            for (int arm = 0; arm < scores.Length; arm++)
            {
                alike += Score.IsBest(scores, arm) ? 1 : 0;
            }
            for (int arm = 0; arm < scores.Length; arm++)
            {
                shares[arm] += Score.IsBest(scores, arm) ? 1.0 / alike / draws : 0;
            }
        }
    }
}

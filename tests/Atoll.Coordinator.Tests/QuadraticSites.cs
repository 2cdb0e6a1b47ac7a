using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Coordinator.Tests;

/// <summary>Sites whose loss is <c>½(w − b)ᵀ diag(a) (w − b)</c>, and rounds of training them with the real coordinator.</summary>
internal sealed class QuadraticSites(float[][] a, float[][] b, int[] rows, int[] steps, float learningRate)
{
    private readonly float[][] _states = [.. a.Select(row => new float[row.Length])];

    public ILocalObjective Objective { get; init; } = new Plain();

    public IAggregation Aggregation { get; init; } = new FedAvg();

    public IServerOptimizer ServerOptimizer { get; init; } = new ServerSgd();

    public float Momentum { get; init; }

    public float[][] States => _states;

    public FederatedTraining NewTraining(ISelection? selection = null) => new(
        new RoundRules { Selection = selection ?? new AllSites(), Aggregation = Aggregation },
        new GlobalModel(new float[a[0].Length], Objective, Aggregation, ServerOptimizer), rows, TimeProvider.System);

    /// <summary>One round; the sites' answers come in a shuffled order and are spread over some partial aggregates.</summary>
    public float[] Round(FederatedTraining training, Random? arrival = null, int partials = 1)
    {
        IReadOnlyList<int> sites = training.Open(new Random(training.Model.Rounds));
        RoundTask task = training.NewTask(localEpochs: null, localSteps: 1);
        SiteUpdate[] updates = [.. sites.Select(site => Train(site, task))];
        arrival?.Shuffle(updates);

        PartialAggregate[] aggregates = [.. Enumerable.Range(0, partials).Select(_ => training.Model.NewPartial())];
        foreach (SiteUpdate update in updates)
        {
            training.Offer(update, aggregates[arrival?.Next(partials) ?? 0]).Accepted.ShouldBeTrue();
        }
        arrival?.Shuffle(aggregates);
        training.Close(aggregates).ShouldBeNull();
        return training.Model.Weights;
    }

    public SiteUpdate Train(int site, RoundTask task)
    {
        int n = task.Weights.Length;
        float[] w = [.. task.Weights], velocity = new float[n], drift = new float[n], change = new float[task.Control.Length];
        if (Objective.KeepsSiteState)
        {
            Objective.Drift(_states[site], task.Control, drift);
        }
        for (int step = 0; step < steps[site]; step++)
        {
            for (int i = 0; i < n; i++)
            {
                float g = a[site][i] * (w[i] - b[site][i]) + Objective.Proximal * (w[i] - task.Weights[i]) + drift[i];
                velocity[i] = Momentum * velocity[i] + g;
                w[i] -= learningRate * velocity[i];
            }
        }
        float[] update = [.. w.Zip(task.Weights, (local, global) => local - global)];
        double effective = FedNova.EffectiveSteps(steps[site], Momentum, learningRate, Objective.Proximal);
        if (Objective.KeepsSiteState)
        {
            Objective.Finish(_states[site], task.Control, update, effective, learningRate, change);
        }
        return new SiteUpdate
        {
            Site = site,
            Round = task.Round,
            Rows = rows[site],
            Steps = steps[site],
            EffectiveSteps = effective,
            Update = update,
            ControlChange = change,
            TrainingLoss = 0,
            Samples = steps[site],
        };
    }

    /// <summary>The minimum of the sum of all losses, each times a weight.</summary>
    public double[] Optimum(Func<int, double> weight) =>
        [.. Enumerable.Range(0, a[0].Length).Select(i => a.Select((_, k) => weight(k) * a[k][i] * b[k][i]).Sum() / a.Select((_, k) => weight(k) * a[k][i]).Sum())];
}

using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Federation.Tests.LocalObjectives;

public sealed class LocalObjectiveTests
{
    [Fact]
    public void Plain_asks_for_nothing()
    {
        ILocalObjective plain = new Plain();

        (plain.Proximal, plain.KeepsSiteState, plain.KeepsControl, plain.ExchangesControl).ShouldBe((0f, false, false, false));
    }

    [Fact]
    public void FedProx_without_pull_is_plain()
    {
        ILocalObjective prox = new FedProx { Mu = 0 };

        (prox.Proximal, prox.KeepsSiteState, prox.KeepsControl, prox.ExchangesControl).ShouldBe((0f, false, false, false));
    }

    [Fact]
    public void Scaffold_corrects_the_gradient_by_c_minus_c_i()
    {
        float[] drift = new float[2];
        new Scaffold().Drift([1f, 2f], [5f, -1f], drift);

        drift.ShouldBe([4f, -3f]);
    }

    [Fact]
    public void Scaffold_renews_its_control_by_option_two()
    {
        // c_i = 1, c = 0.5, y − x = −3 in K = 4 steps of η = 0.25: c_i⁺ = 1 − 0.5 + 3/(4·0.25) = 3.5, and 2.5 is sent.
        float[] state = [1f], change = new float[1];
        new Scaffold().Finish(state, [0.5f], [-3f], 4, 0.25f, change);

        (state[0], change[0]).ShouldBe((3.5f, 2.5f));
    }

    [Fact]
    public void Scaffolds_control_stays_the_mean_of_all_sites_states_with_some_sites_only()
    {
        Random random = new(1);
        Scaffold scaffold = new();
        float[][] states = [.. Enumerable.Range(0, 8).Select(_ => new float[5])];
        float[] control = new float[5], change = new float[5], mean = new float[5], update = new float[5];
        for (int round = 0; round < 50; round++)
        {
            int[] chosen = [.. Enumerable.Range(0, 8).Where(_ => random.Next(2) == 0).Append(round % 8).Distinct()];
            ExactAverage changes = new(5);
            foreach (int site in chosen)
            {
                Array.ConvertAll(update, _ => random.NextSingle() - 0.5f).CopyTo(update, 0);
                scaffold.Finish(states[site], control, update, 3, 0.1f, change);
                changes.Add(change, 1);
            }
            changes.Mean(mean);
            scaffold.Combine(control, mean, [], chosen.Length / 8.0, 1);
        }

        for (int i = 0; i < 5; i++)
        {
            control[i].ShouldBe(states.Average(s => s[i]), 1e-4f);
        }
    }

    [Fact]
    public void FedDyn_pulls_by_alpha_and_by_its_memory()
    {
        FedDyn dyn = new() { Alpha = 0.5f };
        float[] drift = new float[1], state = [2f];
        dyn.Drift(state, [], drift);
        dyn.Finish(state, [], [4f], 10, 0.1f, []);

        dyn.Proximal.ShouldBe(0.5f);
        drift.ShouldBe([-2f]);
        state.ShouldBe([0f]); // 2 − 0.5·4
    }

    [Fact]
    public void FedDyns_coordinator_moves_by_the_mean_less_h_over_alpha()
    {
        // α = 0.5, share 0.25, h = 1, Δ = 4: h ← 1 − 0.5·0.25·4 = 0.5, Δ ← 4 − 0.5/0.5 = 3
        float[] control = [1f], update = [4f];
        new FedDyn { Alpha = 0.5f }.Combine(control, [], update, shareOfSites: 1, shareOfWeight: 0.25);

        (control[0], update[0]).ShouldBe((0.5f, 3f));
    }

    [Fact]
    public void FedDyn_and_FedNova_contradict_each_other()
    {
        Combination.Contradiction(new FedDyn(), new FedNova()).ShouldNotBeNull();
        Combination.Contradiction(new FedDyn(), new FedAvg()).ShouldBeNull();
        Combination.Contradiction(new Scaffold(), new FedNova()).ShouldBeNull();
        Combination.Contradiction(new FedDyn(), new ServerSgd()).ShouldBeNull();
        Combination.Contradiction(new FedDyn(), new FedAdam { LearningRate = 0.1f }).ShouldNotBeNull();
        Combination.Contradiction(new FedDyn(), new FedAvgM()).ShouldNotBeNull();
        Combination.Contradiction(new FedProx { Mu = 0.1f }, new FedAdam { LearningRate = 0.1f }).ShouldBeNull();
    }
}

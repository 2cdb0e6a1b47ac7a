using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Coordinator.Tests;

public sealed class FederatedTrainingTests
{
    [Fact]
    public void A_site_that_diverges_ends_the_round_by_name_and_leaves_the_model_alone()
    {
        FederatedTraining training = New(sites: 2);
        PartialAggregate partial = training.Model.NewPartial();
        training.Open(new Random(1));
        training.Offer(Update(0, 1f), partial);
        training.Offer(Update(1, float.NaN), partial);

        training.Close([partial]).ShouldBe("Round 1 fails, as it needs 2 updates and can get 1: site 1 failed: Every value of an update must be finite, but one is NaN.");
        training.Model.Weights.ShouldBe([0f]);
        training.Model.Rounds.ShouldBe(0);
        partial.Count.ShouldBe(0);
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_divergence_too()
    {
        FederatedTraining training = New(sites: 1);
        training.Open(new Random(1));

        training.Offer(Update(0, 1f, loss: double.PositiveInfinity), training.Model.NewPartial()).Reason
            .ShouldBe("Round 1 fails, as it needs 1 updates and can get 0: site 0 failed: Training diverged: its loss is Infinity.");
    }

    [Fact]
    public void Updates_too_great_together_fail_the_round_and_leave_the_model_alone()
    {
        FederatedTraining training = New(sites: 2);
        PartialAggregate[] partials = [training.Model.NewPartial(), training.Model.NewPartial()];
        training.Open(new Random(1));
        training.Offer(Update(0, 1.5e8f), partials[0]).Accepted.ShouldBeTrue();
        training.Offer(Update(1, -1.5e8f), partials[1]).Accepted.ShouldBeTrue();

        training.Close(partials).ShouldNotBeNull().ShouldStartWith("Round 1 fails: The sum of weight times greatest absolute value must stay below 2^31");
        training.State.Phase.ShouldBe(RoundPhase.Failed);
        training.Model.Weights.ShouldBe([0f]);
    }

    [Fact]
    public void A_failed_round_can_be_tried_again()
    {
        FederatedTraining training = New(sites: 1);
        PartialAggregate partial = training.Model.NewPartial();
        training.Open(new Random(1));
        training.Offer(Update(0, float.NaN), partial);
        training.Close([partial]);

        training.Open(new Random(1)).ShouldBe([0]);
        training.Offer(Update(0, 2f), partial);
        training.Close([partial]).ShouldBeNull();
        training.Model.Weights.ShouldBe([2f]);
    }

    [Fact]
    public void What_comes_after_a_failure_does_not_hide_it()
    {
        FederatedTraining training = New(sites: 2);
        PartialAggregate partial = training.Model.NewPartial();
        training.Open(new Random(1));
        training.Fail(1, 1, "Its disk is full.");
        training.Offer(Update(0, 1f), partial).Reason.ShouldBe("Site 0's update is for round 1, but round 1 has failed.");

        training.Close([partial]).ShouldBe("Round 1 fails, as it needs 2 updates and can get 1: site 1 failed: Its disk is full.");
    }

    [Fact]
    public void An_update_of_another_length_fails_its_site()
    {
        FederatedTraining training = New(sites: 1);
        training.Open(new Random(1));

        training.Offer(Update(0, [1f, 2f], round: 1), training.Model.NewPartial()).Reason
            .ShouldBe("Round 1 fails, as it needs 1 updates and can get 0: site 0 failed: An update's length must be the average's dimension, 1 (was 2).");
    }

    [Fact]
    public void A_task_carries_the_model_and_either_epochs_or_steps()
    {
        FederatedTraining training = New(sites: 1);
        training.Open(new Random(1));
        RoundTask task = training.NewTask(localEpochs: 3, localSteps: null);

        (task.Round, task.LocalEpochs, task.LocalSteps, task.LearningRateFactor).ShouldBe((1, 3, null, 1f));
        task.Weights.ShouldBeSameAs(training.Model.Weights);
        task.Control.ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => training.NewTask(3, 3)).Message.ShouldBe("A task needs either local epochs or local steps, but got both.");
    }

    [Fact]
    public void A_refused_duplicate_is_not_averaged()
    {
        FederatedTraining training = New(sites: 2);
        PartialAggregate partial = training.Model.NewPartial();
        training.Open(new Random(1));
        training.Offer(Update(0, 2f), partial);
        training.Offer(Update(0, 100f), partial).Accepted.ShouldBeFalse();
        training.Offer(Update(1, 4f), partial);
        training.Close([partial]);

        training.Model.Weights.ShouldBe([3f]);
    }

    [Fact]
    public void A_round_cannot_end_before_its_sites_have_answered()
    {
        FederatedTraining training = New(sites: 3);
        training.Open(new Random(1));

        Should.Throw<InvalidOperationException>(() => training.Close([])).Message.ShouldBe("Round 1 can end when all its sites have answered, but 3 have not.");
    }

    [Fact]
    public void Many_threads_give_the_bits_of_one()
    {
        float[] alone = Run(threads: 1), together = Run(threads: 4);

        together.Select(BitConverter.SingleToUInt32Bits).ShouldBe(alone.Select(BitConverter.SingleToUInt32Bits));

        static float[] Run(int threads)
        {
            FederatedTraining training = New(sites: 200, dimension: 50);
            PartialAggregate[] partials = [.. Enumerable.Range(0, threads).Select(_ => training.Model.NewPartial())];
            for (int round = 1; round <= 5; round++)
            {
                IReadOnlyList<int> sites = training.Open(new Random(round));
                int next = -1;
                Thread[] workers = [.. partials.Select(partial => new Thread(() =>
                {
                    for (int i; (i = Interlocked.Increment(ref next)) < sites.Count;)
                    {
                        Random random = new(round * 1000 + sites[i]);
                        training.Offer(Update(sites[i], [.. Enumerable.Range(0, 50).Select(_ => random.NextSingle() - 0.5f)], round), partial);
                    }
                }))];
                Array.ForEach(workers, w => w.Start());
                Array.ForEach(workers, w => w.Join());
                training.Close(partials).ShouldBeNull();
            }
            return training.Model.Weights;
        }
    }

    private static FederatedTraining New(int sites, int dimension = 1)
    {
        GlobalModel model = new(new float[dimension], new Plain(), new FedAvg(), new ServerSgd());
        return new FederatedTraining(new RoundRules(), model, Enumerable.Repeat(10, sites).ToArray(), TimeProvider.System);
    }

    private static SiteUpdate Update(int site, float value, double loss = 1) => Update(site, [value], 1, loss);

    private static SiteUpdate Update(int site, float[] update, int round, double loss = 1) => new()
    {
        Site = site,
        Round = round,
        Rows = 10,
        Steps = 1,
        EffectiveSteps = 1,
        Update = update,
        TrainingLoss = loss,
        Samples = 10,
    };
}

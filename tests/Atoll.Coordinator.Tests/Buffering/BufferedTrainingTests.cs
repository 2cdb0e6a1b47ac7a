using Atoll.Coordinator.Buffering;
using Atoll.Coordinator.Models;
using Atoll.Coordinator.Rounds;
using Atoll.Experiments.Protocol;
using Atoll.Federation.Aggregation;
using Atoll.Federation.Buffering;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Coordinator.Tests.Buffering;

/// <summary>What a buffer does, worked out by hand.</summary>
public sealed class BufferedTrainingTests
{
    /// <remarks>
    /// Three sites, all training, a buffer of two. Round 1: sites 0 and 1 answer from the first model. Site 2 is slow: its update is one change old in round 2
    /// and counts 1/√2; in round 5 its next, from round 3's model, counts 1/√3.
    /// </remarks>
    [Fact]
    public void Three_sites_by_hand()
    {
        BufferedTraining training = New(new() { Size = 2, Concurrency = 3 }, rounds: 5, sites: 3);
        Dictionary<int, SendTask> tasks = GiveAll(training);
        tasks.Keys.ShouldBe([0, 1, 2], ignoreOrder: true);
        tasks.Values.ShouldAllBe(task => task.Round == 1 && task.Turn == 1);

        Answer(training, tasks[0], 1f).Reason.ShouldEndWith("is part of round 1: 1 of 2.");
        Answer(training, tasks[1], 4f).Reason.ShouldBe("Round 1 closes with 2 updates.");
        training.Apply().ShouldBeNull();
        Weight(training).ShouldBe(2.5f);                                          // (1 + 4)/2

        tasks = GiveAll(training, tasks);
        Answer(training, tasks[2], 3f);                                           // from round 1: τ = 1
        Answer(training, tasks[0], -1f);                                          // from round 2: τ = 0
        training.Apply().ShouldBeNull();
        float second = (3f / MathF.Sqrt(2) - 1f) / 2;
        Weight(training).ShouldBe(2.5f + second, 1e-7f);

        tasks = GiveAll(training, tasks);
        tasks[2].ShouldBe(new SendTask(2, tasks[2].Task, Turn: 2, Round: 3));
        foreach (int expectedRound in (int[])[3, 4, 5])
        {
            training.State.Round.ShouldBe(expectedRound);
            if (expectedRound < 5)
            {
                (tasks[0].Round, tasks[1].Round).ShouldBe(expectedRound == 3 ? (3, 2) : (4, 4));
                Answer(training, tasks[0], 0f);
                Answer(training, tasks[1], 0f);
                training.Apply().ShouldBeNull();
                tasks = GiveAll(training, tasks);
            }
        }
        float before = Weight(training);
        Answer(training, tasks[0], 2f);                                           // τ = 0
        Answer(training, tasks[2], 2f);                                           // from round 3: τ = 2, divided by √3
        training.Apply().ShouldBeNull();
        Weight(training).ShouldBe(before + (2f + 2f / MathF.Sqrt(3)) / 2, 1e-6f);
        training.State.Phase.ShouldBe(BufferPhase.Finished);
        training.Give(new Random(1)).ShouldBeNull();
        Answer(training, tasks[1], 1f).Reason.ShouldBe($"Site 1's update for task {tasks[1].Task} came too late: round 5 was the last.");
    }

    [Fact]
    public void The_weights_are_those_of_the_formula_to_the_bit()
    {
        BufferedTraining training = New(new() { Size = 2, Concurrency = 2 }, rounds: 3, sites: 3);
        SendTask slow = training.Give(new Random(1))!;
        for (int round = 1; round <= 2; round++)
        {
            if (round == 2)
            {
                Answer(training, slow, 0.3f);
            }
            while (training.State.Phase == BufferPhase.Collecting)
            {
                Answer(training, training.Give(new Random(round))!, 0.7f);
            }
            training.Apply();
        }

        float stale = 0.3f / MathF.Sqrt(2);
        float first = (float)((Fixed(0.7f) + Fixed(0.7f)) / (2 * 4294967296.0)), second = (float)((Fixed(stale) + Fixed(0.7f)) / (2 * 4294967296.0));
        BitConverter.SingleToUInt32Bits(Weight(training)).ShouldBe(BitConverter.SingleToUInt32Bits(first + second));

        static long Fixed(float x) => (long)Math.Round(x * 4294967296.0);
    }

    [Fact]
    public void Rows_weigh_fresh_and_stale_updates_alike()
    {
        BufferedTraining training = New(new() { Size = 2, Concurrency = 2, Staleness = new ConstantStaleness() }, rounds: 1, sites: 2, new FedAvg(), [10, 30]);
        Dictionary<int, SendTask> tasks = GiveAll(training);
        Answer(training, tasks[0], 1f, rows: 10);
        Answer(training, tasks[1], 2f, rows: 30);
        training.Apply();

        Weight(training).ShouldBe(1.75f); // (10·1 + 30·2)/40
    }

    [Fact]
    public void The_order_in_which_a_buffer_fills_changes_no_bit()
    {
        uint[] weights = [.. new int[][] { [0, 1, 2], [2, 0, 1], [1, 2, 0] }.Select(order =>
        {
            BufferedTraining training = New(new() { Size = 3, Concurrency = 3 }, rounds: 1, sites: 3);
            Dictionary<int, SendTask> tasks = GiveAll(training);
            foreach (int site in order)
            {
                Answer(training, tasks[site], 0.1f + site / 7f);
            }
            training.Apply();
            return BitConverter.SingleToUInt32Bits(Weight(training));
        })];
        weights.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void A_site_whose_update_cannot_be_averaged_rests_until_the_model_has_changed()
    {
        BufferedTraining training = New(new() { Size = 1, Concurrency = 2 }, rounds: 2, sites: 2);
        Dictionary<int, SendTask> tasks = GiveAll(training);
        Answer(training, tasks[0], float.NaN).Reason.ShouldBe("Round 1 goes on without site 0: Every value of an update must be finite, but one is NaN.");
        training.Give(new Random(1)).ShouldBeNull();
        Answer(training, tasks[1], 1f);
        training.Apply().ShouldBeNull();
        training.State.Sites[0].Standing.ShouldBe(BufferedStanding.Idle);
        Weight(training).ShouldBe(1f);
    }

    [Fact]
    public void When_every_site_has_failed_the_arm_has()
    {
        BufferedTraining training = New(new() { Size = 2, Concurrency = 2 }, rounds: 2, sites: 2);
        Dictionary<int, SendTask> tasks = GiveAll(training);
        training.Fail(tasks[1].Task, 1, "Its disk is full.");
        training.Fail(tasks[0].Task, 0, "Its data is gone.").Reason.ShouldBe("Round 1 fails, as all 2 sites have failed in it: site 0 failed: Its data is gone.");
        training.State.Phase.ShouldBe(BufferPhase.Failed);
        training.Apply().ShouldBe("Round 1 fails, as all 2 sites have failed in it: site 0 failed: Its data is gone.");
        Weight(training).ShouldBe(0f);
    }

    [Fact]
    public void Updates_too_great_together_leave_the_model_alone()
    {
        BufferedTraining training = New(new() { Size = 2, Concurrency = 2 }, rounds: 2, sites: 2, new FedAvg());
        Dictionary<int, SendTask> tasks = GiveAll(training);
        Answer(training, tasks[0], 1.5e8f);
        Answer(training, tasks[1], -1.5e8f).Accepted.ShouldBeTrue(); // the second does not fit beside the first: its site fails
        training.State.Sites[1].Standing.ShouldBe(BufferedStanding.Failed);
        Weight(training).ShouldBe(0f);
    }

    private static BufferedTraining New(FedBuff buffered, int rounds, int sites, IAggregation? aggregation = null, int[]? rows = null)
    {
        aggregation ??= new FedAvg { Weights = UpdateWeights.Uniform };
        GlobalModel model = new([0f], new Plain(), aggregation, new ServerSgd());
        return new(new BufferedRules { Buffered = buffered, Aggregation = aggregation, Rounds = rounds }, model, rows ?? [.. Enumerable.Repeat(10, sites)], TimeProvider.System);
    }

    private static Dictionary<int, SendTask> GiveAll(BufferedTraining training, Dictionary<int, SendTask>? before = null)
    {
        Dictionary<int, SendTask> tasks = new(before ?? []);
        while (training.Give(new Random(training.State.Tasks)) is { } task)
        {
            tasks[task.Site] = task;
        }
        return tasks;
    }

    private static BufferedDecision Answer(BufferedTraining training, SendTask task, float update, int rows = 10) => training.Offer(task.Task, new SiteUpdate
    {
        Site = task.Site,
        Round = task.Round,
        Rows = rows,
        Steps = 1,
        EffectiveSteps = 1,
        Update = [update],
        TrainingLoss = 1,
        Samples = rows,
    });

    private static float Weight(BufferedTraining training) => training.Model.Weights[0];
}

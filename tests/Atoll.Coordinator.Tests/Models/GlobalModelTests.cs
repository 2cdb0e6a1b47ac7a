using Atoll.Coordinator.Models;
using Atoll.Federation.Aggregation;
using Atoll.Federation.LocalObjectives;
using Atoll.Federation.Selection;
using Atoll.Federation.ServerOptimizers;

namespace Atoll.Coordinator.Tests.Models;

public sealed class GlobalModelTests
{
    public static TheoryData<string> Algorithms => ["plain", "fed-nova", "scaffold", "fed-dyn", "fed-yogi"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_order_and_grouping_of_arrivals_change_no_bit_of_a_run(string algorithm)
    {
        (QuadraticSites inOrder, QuadraticSites shuffled) = (Sites(algorithm), Sites(algorithm));
        FederatedTraining one = inOrder.NewTraining(), other = shuffled.NewTraining();
        Random arrival = new(7);
        for (int round = 0; round < 6; round++)
        {
            inOrder.Round(one);
            shuffled.Round(other, arrival, partials: 1 + round % 4);
        }

        Bits(other.Model).ShouldBe(Bits(one.Model));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_run_saved_and_taken_up_gives_the_bytes_of_one_that_went_through(string algorithm)
    {
        (QuadraticSites straight, QuadraticSites interrupted) = (Sites(algorithm), Sites(algorithm));
        UniformSelection some = new() { Count = 5 };
        FederatedTraining through = straight.NewTraining(some), before = interrupted.NewTraining(some), after = interrupted.NewTraining(some);
        for (int round = 0; round < 3; round++)
        {
            straight.Round(through);
            interrupted.Round(before);
        }

        GlobalModelState saved = before.Model.Save();
        after.Model.Restore(GlobalModelState.From(saved.Rounds, saved.Vectors.ToDictionary(v => v.Name, v => v.Vector)));
        after = new FederatedTraining(new() { Selection = some, Aggregation = interrupted.Aggregation }, after.Model, Rows, TimeProvider.System);
        for (int round = 0; round < 3; round++)
        {
            straight.Round(through);
            interrupted.Round(after);
        }

        after.Model.Rounds.ShouldBe(6);
        Bits(after.Model).ShouldBe(Bits(through.Model));
    }

    [Fact]
    public void Server_sgd_of_rate_one_is_averaging_the_models()
    {
        GlobalModel model = new([1f, 2f], new Plain(), new FedAvg(), new ServerSgd());
        PartialAggregate partial = model.NewPartial();
        partial.Fold([4f - 1, 0f - 2], [], weight: 1, normalizer: 1); // local models (4, 0) and (8, 8)
        partial.Fold([8f - 1, 8f - 2], [], weight: 3, normalizer: 1);
        model.Apply([partial], 1, 1);

        model.Weights.ShouldBe([7f, 6f]); // (4 + 3·8)/4, (0 + 3·8)/4
    }

    [Fact]
    public void Aggregates_are_empty_after_a_round()
    {
        GlobalModel model = new([0f], new Plain(), new FedAvg(), new ServerSgd());
        PartialAggregate partial = model.NewPartial();
        partial.Fold([1f], [], 1, 1);
        model.Apply([partial], 1, 1);
        partial.Count.ShouldBe(0);
        partial.Fold([5f], [], 1, 1);
        model.Apply([partial], 1, 1);

        model.Weights.ShouldBe([6f]);
    }

    [Fact]
    public void Applying_a_round_allocates_nothing()
    {
        GlobalModel model = new(new float[1000], new Scaffold(), new FedNova(), new FedAdam { LearningRate = 0.1f });
        PartialAggregate[] partials = [model.NewPartial(), model.NewPartial()];
        float[] update = new float[1000];
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            partials[0].Fold(update, update, 3, 5);
            partials[1].Fold(update, update, 2, 4);
            model.Apply(partials, 1, 1);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        allocated.ShouldBe(0);
    }

    [Fact]
    public void A_change_of_control_that_is_not_finite_takes_its_update_with_it()
    {
        GlobalModel model = new([0f], new Scaffold(), new FedAvg(), new ServerSgd());
        PartialAggregate partial = model.NewPartial();
        partial.Fold([1f], [1f], 1, 1);

        Should.Throw<UpdateRefusedException>(() => partial.Fold([100f], [float.NaN], 1, 1)).Message
            .ShouldBe("Change of control: Every value of an update must be finite, but one is NaN.");
        model.Apply([partial], 1, 1);
        model.Weights.ShouldBe([1f]);
    }

    [Fact]
    public void Contradicting_algorithms_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new GlobalModel([0f], new FedDyn(), new FedNova(), new ServerSgd())).Message.ShouldStartWith("The local objective fed-dyn needs the plain mean");

    [Fact]
    public void A_state_of_another_model_is_refused()
    {
        GlobalModel small = new([0f], new Plain(), new FedAvg(), new ServerSgd()), large = new([0f, 0f], new Plain(), new FedAvg(), new ServerSgd());
        GlobalModel dyn = new([0f], new FedDyn(), new FedAvg(), new ServerSgd());

        Should.Throw<InvalidOperationException>(() => small.Restore(large.Save())).Message.ShouldBe("The saved model's weights must have length 1 (was 2).");
        Should.Throw<InvalidOperationException>(() => small.Restore(dyn.Save())).Message.ShouldBe("The saved model's control must have length 0 (was 1).");
    }

    private static readonly int[] Rows = [.. Enumerable.Range(0, 9).Select(k => 5 + 7 * k)];

    private static QuadraticSites Sites(string algorithm)
    {
        Random random = new(3);
        float[][] Draw() => [.. Enumerable.Range(0, 9).Select(_ => Enumerable.Range(0, 21).Select(_ => random.NextSingle() + 0.1f).ToArray())];
        return new QuadraticSites(Draw(), Draw(), Rows, [.. Enumerable.Range(1, 9)], 0.1f)
        {
            Objective = algorithm switch { "scaffold" => new Scaffold(), "fed-dyn" => new FedDyn { Alpha = 0.1f }, _ => new Plain() },
            Aggregation = algorithm == "fed-nova" ? new FedNova() : new FedAvg(),
            ServerOptimizer = algorithm == "fed-yogi" ? new FedYogi { LearningRate = 0.1f } : new ServerSgd(),
            Momentum = 0.5f,
        };
    }

    private static uint[] Bits(GlobalModel model) => [.. model.Save().Vectors.SelectMany(v => v.Vector).Select(BitConverter.SingleToUInt32Bits)];
}

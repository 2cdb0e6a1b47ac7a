using System.Text.Json;
using Atoll.Federation.ServerOptimizers;
using Atoll.Federation.Tests.Fixtures;

namespace Atoll.Federation.Tests.ServerOptimizers;

public sealed class ServerOptimizerTests
{
    public static TheoryData<string> Kinds => ["sgd", "fed-avg-m", "fed-adagrad", "fed-adam", "fed-yogi"];

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Bits", "same")]
    public void Six_rounds_give_the_bits_of_the_papers_formula_in_numpy(string kind)
    {
        JsonElement fixture = Fixture.Read("server-optimizers.json");

        AfterAllRounds(Configured(kind), fixture).Select(BitConverter.SingleToUInt32Bits)
            .ShouldBe(fixture.GetProperty("exact").GetProperty(kind).EnumerateArray().Select(b => b.GetUInt32()));
    }

    [Theory]
    [InlineData("fed-avg-m")]
    [InlineData("fed-adagrad")]
    public void Six_rounds_agree_with_PyTorchs_optimizer(string kind)
    {
        JsonElement fixture = Fixture.Read("server-optimizers.json");
        double[] expected = Fixture.Numbers(fixture.GetProperty("torch").GetProperty(kind));

        float[] weights = AfterAllRounds(Configured(kind), fixture);
        for (int i = 0; i < weights.Length; i++)
        {
            ((double)weights[i]).ShouldBe(expected[i], 2e-6 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void Sgd_of_rate_one_adds_the_update() => OneStep(new ServerSgd(), [0.25f], [1f]).ShouldBe([1.25f]);

    [Fact]
    public void FedAvgM_keeps_moving_by_momentum()
    {
        FedAvgM optimizer = new() { Momentum = 0.5f };
        ServerOptimizerState state = optimizer.Init(1);
        float[] weights = [0f];
        optimizer.Step(state, [1f], weights);
        optimizer.Step(state, [0f], weights);

        weights.ShouldBe([1.5f]); // 1, then half of it again
    }

    [Fact]
    public void FedAdam_by_hand()
    {
        // Δ = 3, β₁ = 0.5, β₂ = 0.75, τ = 2: m = 1.5, v = 0.75·4 + 0.25·9 = 5.25, w = 10 + 0.5·1.5/(√5.25 + 2)
        FedAdam optimizer = new() { LearningRate = 0.5f, Beta1 = 0.5f, Beta2 = 0.75f, Tau = 2 };

        OneStep(optimizer, [3f], [10f])[0].ShouldBe((float)(10 + 0.75 / (Math.Sqrt(5.25) + 2)));
    }

    [Fact]
    public void FedAdagrad_by_hand()
    {
        // Δ = 3, τ = 4: v = 16 + 9 = 25, w = 1 + 0.9·3/(5 + 4)
        OneStep(new FedAdagrad { LearningRate = 0.9f, Tau = 4 }, [3f], [1f])[0].ShouldBe(1.3f, 1e-7f);
    }

    [Theory]
    [InlineData(1f, 16 - 0.5 * 1)] // Δ² below v: v falls by (1−β₂)Δ², however far below
    [InlineData(6f, 16 + 0.5 * 36)] // above: it rises by as much
    [InlineData(4f, 16)] // equal: it stays
    public void Yogis_second_moment_moves_by_the_sign_of_the_difference(float update, double expected)
    {
        FedYogi optimizer = new() { LearningRate = 1, Beta2 = 0.5f, Tau = 4 };
        ServerOptimizerState state = optimizer.Init(1);
        optimizer.Step(state, [update], new float[1]);

        state.SecondMoment.ShouldBe([(float)expected]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_allocates_nothing(string kind)
    {
        IServerOptimizer optimizer = Configured(kind);
        ServerOptimizerState state = optimizer.Init(100);
        (float[] update, float[] weights) = (new float[100], new float[100]);
        optimizer.Step(state, update, weights);
        long before = GC.GetAllocatedBytesForCurrentThread();
        optimizer.Step(state, update, weights);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Hyperparameters_out_of_range_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new FedAdam { LearningRate = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new FedAvgM { Momentum = 1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new FedYogi { LearningRate = 1, Tau = 0 });
    }

    private static IServerOptimizer Configured(string kind) => kind switch
    {
        "sgd" => new ServerSgd { LearningRate = 0.7f },
        "fed-avg-m" => new FedAvgM { LearningRate = 0.5f },
        "fed-adagrad" => new FedAdagrad { LearningRate = 0.1f },
        "fed-adam" => new FedAdam { LearningRate = 0.1f },
        "fed-yogi" => new FedYogi { LearningRate = 0.1f },
        _ => throw new ArgumentException(kind),
    };

    private static float[] AfterAllRounds(IServerOptimizer optimizer, JsonElement fixture)
    {
        float[] weights = Fixture.FromBits(fixture.GetProperty("start"));
        ServerOptimizerState state = optimizer.Init(weights.Length);
        foreach (JsonElement update in fixture.GetProperty("updates").EnumerateArray())
        {
            optimizer.Step(state, Fixture.FromBits(update), weights);
        }
        return weights;
    }

    private static float[] OneStep(IServerOptimizer optimizer, float[] update, float[] weights)
    {
        optimizer.Step(optimizer.Init(weights.Length), update, weights);
        return weights;
    }
}

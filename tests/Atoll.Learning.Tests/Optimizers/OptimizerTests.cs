using Atoll.Learning.Optimizers;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Optimizers;

public sealed class OptimizerTests
{
    private const int Weights = 11; // one vector and a rest

    private static readonly Dictionary<string, IOptimizer> s_optimizers = new()
    {
        ["sgd"] = new Sgd { LearningRate = 0.125f },
        ["sgd, momentum"] = new Sgd { LearningRate = 0.0625f, Momentum = 0.875f },
        ["sgd, nesterov, weight decay"] = new Sgd { LearningRate = 0.0625f, Momentum = 0.875f, Nesterov = true, WeightDecay = 0.125f },
        ["sgd, weight decay"] = new Sgd { LearningRate = 0.125f, WeightDecay = 0.25f },
        ["adam"] = new Adam { LearningRate = 0.015625f },
        ["adam, weight decay"] = new Adam { LearningRate = 0.015625f, Beta1 = 0.75f, Beta2 = 0.875f, Epsilon = 1e-3f, WeightDecay = 0.125f },
        ["adamw"] = new AdamW { LearningRate = 0.015625f },
        ["adamw, weight decay"] = new AdamW { LearningRate = 0.015625f, WeightDecay = 0.25f },
    };

    public static TheoryData<string> Names => [.. s_optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fifteen_steps_go_where_PyTorch_goes(string name)
    {
        var expected = Fixture.Read<Expected[]>("optimizers.json").Single(e => e.Name == name);
        IOptimizer optimizer = s_optimizers[name];
        OptimizerState state = optimizer.Init(Weights);
        float[] w = Draw.Numbers(Weights, 6, 2);

        Steps(0, 1);
        ((ReadOnlySpan<float>)w).ShouldBeCloseTo(expected.First, 1e-6, "after the first step");
        Steps(1, 15);
        ((ReadOnlySpan<float>)w).ShouldBeCloseTo(expected.Last, 2e-6, "after the last step");
        state.Steps.ShouldBe(15);

        void Steps(int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                float[] gradient = Draw.Numbers(Weights, 200 + (uint)step);
                for (int i = 0; i < Weights; i++)
                {
                    gradient[i] += 0.25f * w[i];
                }
                optimizer.Step(state, optimizer.LearningRate / (step < 8 ? 1 : 2), gradient, w);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void After_a_reset_the_same_gradients_give_the_same_bits(string name)
    {
        IOptimizer optimizer = s_optimizers[name];
        OptimizerState state = optimizer.Init(Weights);
        float[] first = Run();
        state.Reset();
        Run().ShouldBe(first);

        float[] Run()
        {
            float[] w = Draw.Numbers(Weights, 6, 2);
            for (uint step = 0; step < 3; step++)
            {
                optimizer.Step(state, 0.1f, Draw.Numbers(Weights, 200 + step), w);
            }
            return w;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Buffers_of_different_lengths_are_refused(string name)
    {
        IOptimizer optimizer = s_optimizers[name];
        Should.Throw<InvalidOperationException>(() => optimizer.Step(optimizer.Init(16), 0.1f, new float[16], new float[8]));
    }

    [Fact]
    public void A_memory_of_the_wrong_length_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => s_optimizers["adam"].Step(s_optimizers["adam"].Init(8), 0.1f, new float[16], new float[16]));
        Should.Throw<InvalidOperationException>(() => s_optimizers["sgd, momentum"].Step(s_optimizers["sgd"].Init(16), 0.1f, new float[16], new float[16]));
    }

    [Fact]
    public void Nesterov_without_momentum_is_refused() =>
        Should.Throw<InvalidOperationException>(() => new Sgd { LearningRate = 1, Nesterov = true }.Init(3)).Message
            .ShouldBe("Nesterov's step needs a momentum above 0, but it is 0.");

    private sealed record Expected(string Name, double[] First, double[] Last);
}

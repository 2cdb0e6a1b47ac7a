using Atoll.Learning.Data;
using Atoll.Learning.Layers;
using Atoll.Learning.Losses;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Training;

namespace Atoll.Learning.Tests.Training;

/// <summary>A training step allocates nothing after warm-up.</summary>
public sealed class AllocationTests
{
    private const int Batch = 4, Few = 10, Many = 100;

    private static readonly Dictionary<string, Func<Network>> s_networks = new()
    {
        ["mlp"] = () => new Mlp { Hidden = [17] }.Build(new Shape(30), 3),
        ["mlp, dropout, two classes"] = () => new Mlp { Hidden = [17], Dropout = 0.5f, Activation = ActivationKind.Gelu }.Build(new Shape(30), 2),
        ["logistic, 300 classes"] = () => new Logistic().Build(new Shape(5), 300),
        ["regression"] = () => new LinearRegression { Loss = RegressionLoss.Huber }.Build(new Shape(5), 0),
        ["cnn, dropout"] = () => new Cnn { Convolutions = [new() { Channels = 4 }, new() { Channels = 9, Padding = 1 }], Hidden = [8], Dropout = 0.2f }.Build(new Shape(11, 10, 2), 3),
        ["block"] = Block,
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string network in s_networks.Keys)
            {
                foreach (string optimizer in (string[])["sgd", "adam", "adamw"])
                {
                    cases.Add(network, optimizer);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void More_steps_of_a_pass_allocate_no_more_bytes(string network, string optimizer)
    {
        Network built = s_networks[network]();
        Dataset data = Blobs.Of(built.Input, Batch * Many, built.Loss is SquaredError or Huber ? 1 : Math.Max(2, built.Loss.Outputs));
        int[] rows = data.All();
        IOptimizer how = optimizer switch
        {
            "sgd" => new Sgd { LearningRate = 1e-3f, Momentum = 0.9f, Nesterov = true, WeightDecay = 1e-4f },
            "adam" => new Adam { LearningRate = 1e-3f, WeightDecay = 1e-4f },
            _ => new AdamW { LearningRate = 1e-3f },
        };
        Trainer trainer = new(built, how, Batch);
        float[] weights = built.Initialize(1);
        Bytes(Many); // grows buffers that are then kept

        Bytes(Many).ShouldBe(Bytes(Few));

        long Bytes(int steps)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Train(weights, data, rows, new Assignment(1, 0, 0, 1e-3f, Epochs: 0, Steps: steps));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static Network Block()
    {
        Shape image = new(4, 4, 6), pooled = new(2, 2, 6);
        return new Network(new Sequence(
        [
            new Residual(new Sequence([new GroupNorm(image, 2), Activations.Tanh(image), new Conv2d(image, 6, kernel: 3, padding: 1)])),
            new AvgPool(image, 2),
            new Residual(new Sequence([new LayerNorm(pooled), new Linear(pooled, 6), Activations.Sigmoid(pooled)])),
            new Flatten(pooled),
            new Linear(new Shape(24), 3),
        ]), new SoftmaxCrossEntropy(3));
    }
}

using Atoll.Learning.Layers;
using Atoll.Learning.Losses;

namespace Atoll.Learning.Models;

/// <summary>Stacks layers, carrying the shape along.</summary>
internal sealed class NetworkBuilder(Shape sample, Initialization initialization = Initialization.Lecun)
{
    private readonly List<Layer> _layers = [];
    private Shape _shape = sample;

    public NetworkBuilder Add(Func<Shape, Layer> layer)
    {
        _layers.Add(layer(_shape));
        _shape = _layers[^1].Output;
        return this;
    }

    public NetworkBuilder Convolution(int channels, int kernel, int padding, int pool, ActivationKind activation)
    {
        Add(s => new Conv2d(s, channels, kernel, padding, initialization: initialization)).Add(s => activation.Layer(s));
        return pool > 1 ? Add(s => new MaxPool(s, pool)) : this;
    }

    public NetworkBuilder Flat() => _shape == new Shape(_shape.Size) ? this : Add(s => new Flatten(s));

    public NetworkBuilder Hidden(IReadOnlyList<int> widths, ActivationKind activation, float dropout = 0)
    {
        foreach (int width in widths)
        {
            Add(s => new Linear(s, width, initialization)).Add(s => activation.Layer(s));
            if (dropout > 0)
            {
                int salt = _layers.Count;
                Add(s => new Dropout(s, dropout, salt));
            }
        }
        return this;
    }

    /// <summary>The last layer and the loss that go with the task: one number for two classes or a value, else one a class.</summary>
    public Network Head(int classes, RegressionLoss regression = RegressionLoss.Squared)
    {
        Loss loss = (classes, regression) switch
        {
            (0, RegressionLoss.Huber) => new Huber(),
            (0, _) => new SquaredError(),
            (2, _) => new BinaryCrossEntropy(),
            ( > 2, _) => new SoftmaxCrossEntropy(classes),
            _ => throw new InvalidOperationException($"Classification needs at least 2 classes in the data, but there is {classes}."),
        };
        Add(s => new Linear(s, loss.Outputs, initialization));
        return new Network(new Sequence(_layers), loss);
    }
}

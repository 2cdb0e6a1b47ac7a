using Atoll.Learning.Optimizers;

namespace Atoll.Simulation.Arms;

/// <summary>A model that is trained on by one optimizer over many epochs.</summary>
internal sealed class SingleModel(float[] weights, OptimizerState optimizer)
{
    public float[] Weights { get; } = weights;

    public OptimizerState Optimizer { get; } = optimizer;

    /// <summary>Vectors, each as long as the weights, that such a model keeps: its own, and what the optimizer remembers.</summary>
    public static int VectorsOf(IOptimizer optimizer)
    {
        OptimizerState one = optimizer.Init(1);
        return 1 + one.First.Length + one.Second.Length;
    }

    public IEnumerable<(string Name, float[] Vector)> Save(string prefix) =>
    [
        (prefix + "weights", Weights),
        (prefix + "first", Optimizer.First),
        (prefix + "second", Optimizer.Second),
        (prefix + "steps", [Optimizer.Steps & 0xFFFFFF, Optimizer.Steps >> 24]), // whole numbers up to 2²⁴ are exact in a float
    ];

    public void Restore(string prefix, Action<string, float[]> copy)
    {
        var steps = new float[2];
        copy(prefix + "weights", Weights);
        copy(prefix + "first", Optimizer.First);
        copy(prefix + "second", Optimizer.Second);
        copy(prefix + "steps", steps);
        Optimizer.Steps = (long)steps[0] + ((long)steps[1] << 24);
    }
}

using Atoll.Learning.Optimizers;

namespace Atoll.Simulation.Arms;

/// <summary>A model that is trained on by one optimizer over many epochs, and can be put back to where an epoch began.</summary>
internal sealed class SingleModel(float[] weights, OptimizerState optimizer)
{
    private float[] _weightsBefore = [], _firstBefore = [], _secondBefore = [];
    private long _stepsBefore;

    public float[] Weights { get; } = weights;

    public OptimizerState Optimizer { get; } = optimizer;

    /// <summary>Remembers where the epoch began.</summary>
    public void Mark()
    {
        Keep(Weights, ref _weightsBefore);
        Keep(Optimizer.First, ref _firstBefore);
        Keep(Optimizer.Second, ref _secondBefore);
        _stepsBefore = Optimizer.Steps;
    }

    /// <summary>Goes back to there.</summary>
    public void Return()
    {
        _weightsBefore.CopyTo(Weights, 0);
        _firstBefore.CopyTo(Optimizer.First, 0);
        _secondBefore.CopyTo(Optimizer.Second, 0);
        Optimizer.Steps = _stepsBefore;
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

    private static void Keep(float[] from, ref float[] to)
    {
        if (to.Length != from.Length)
        {
            to = new float[from.Length];
        }
        from.CopyTo(to, 0);
    }
}

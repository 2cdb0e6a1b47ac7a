namespace Atoll.Learning.Optimizers;

/// <summary>Everything an optimizer remembers between steps. Vectors it does not use are empty.</summary>
public sealed class OptimizerState(float[] first, float[] second)
{
    /// <summary>SGD's velocity, Adam's first moment.</summary>
    public float[] First { get; } = first;

    /// <summary>Adam's second moment.</summary>
    public float[] Second { get; } = second;

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    public void Reset()
    {
        First.AsSpan().Clear();
        Second.AsSpan().Clear();
        Steps = 0;
    }
}

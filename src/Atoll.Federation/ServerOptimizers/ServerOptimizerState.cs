namespace Atoll.Federation.ServerOptimizers;

/// <summary>Everything a server optimizer remembers between rounds. Vectors it does not use are empty.</summary>
public sealed class ServerOptimizerState(float[] momentum, float[] secondMoment)
{
    public float[] Momentum { get; } = momentum;

    public float[] SecondMoment { get; } = secondMoment;

    /// <summary>Both vectors of the model's length; the second moment starts at τ², the paper's least (<c>v₋₁ ≥ τ²</c>).</summary>
    internal static ServerOptimizerState Adaptive(int dimension, float tau)
    {
        float[] secondMoment = new float[dimension];
        Array.Fill(secondMoment, tau * tau);
        return new(new float[dimension], secondMoment);
    }
}

using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>How a layer's first weights are drawn: uniform in ±bound, where the bound depends on how many inputs and outputs meet in one.</summary>
public enum Initialization
{
    /// <summary>±1/√inputs, weights and biases: LeCun et al. 1998, and what PyTorch's layers do by default.</summary>
    Lecun,

    /// <summary>±√(6/(inputs + outputs)), biases 0: Glorot, Bengio, 2010, and TensorFlow's default.</summary>
    Glorot,

    /// <summary>±√(6/inputs), biases 0: He et al., 2015, for rectifiers.</summary>
    He,
}

/// <summary>Draws first weights.</summary>
public static class Initializations
{
    extension(Initialization initialization)
    {
        internal void Fill(Span<float> weights, Span<float> biases, int inputs, int outputs, Philox random)
        {
            float bound = initialization switch
            {
                Initialization.Lecun => 1f / MathF.Sqrt(inputs),
                Initialization.Glorot => MathF.Sqrt(6f / ((float)inputs + outputs)),
                Initialization.He => MathF.Sqrt(6f / inputs),
                _ => throw new InvalidOperationException($"There is no initialization {initialization}."),
            };
            Draw(weights, bound, random);
            Draw(biases, initialization == Initialization.Lecun ? bound : 0, random);
        }
    }

    private static void Draw(Span<float> values, float bound, Philox random)
    {
        foreach (ref float value in values)
        {
            value = (2f * random.NextSingle() - 1f) * bound;
        }
    }
}

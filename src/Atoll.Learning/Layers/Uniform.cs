using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>First values of parameters, uniform in ±1/√(inputs of one output).</summary>
internal static class Uniform
{
    public static void Fill(Span<float> parameters, int fanIn, Philox random)
    {
        float bound = 1f / MathF.Sqrt(fanIn);
        foreach (ref float p in parameters)
        {
            p = (2f * random.NextSingle() - 1f) * bound;
        }
    }
}

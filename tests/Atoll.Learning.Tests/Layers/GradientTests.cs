using Atoll.Learning.Layers;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Layers;

/// <summary>Backward against central differences of forward.</summary>
public sealed class GradientTests
{
    // The scalar is L = Σ r·y, summed in double. Its central difference errs by the rounding of 32-bit outputs, about 2⁻²⁴·Σ|r·y| / h, and by the
    // third derivative, h²·L‴/6: with h = 2⁻⁷ both stay below 10⁻³ of the gradients here, which are of order 1.
    private const float Step = 1 / 128f;
    private const double Tolerance = 2e-3;

    [Theory]
    [MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void The_gradients_are_the_central_differences(string name)
    {
        Layer layer = LayerCases.All[name];
        const int batch = 2;
        float[] parameters = Draw.Numbers(layer.ParameterCount, 12), input = SmoothPoint(layer, batch), weights = Draw.Numbers(batch * layer.Output.Size, 13, 2);

        var run = new LayerRun(layer, batch).Forward(parameters, input).Backward(parameters, input, weights);

        Differences(layer, batch, parameters, input, weights, vary: parameters, run.ParameterGradient.ToArray());
        if (layer is not Embedding)
        {
            Differences(layer, batch, parameters, input, weights, vary: input, run.InputGradient.ToArray());
        }
    }

    private static void Differences(Layer layer, int batch, float[] parameters, float[] input, float[] weights, float[] vary, float[] gradient)
    {
        var difference = new double[vary.Length];
        for (int i = 0; i < vary.Length; i++)
        {
            float here = vary[i], above = here + Step, below = here - Step;
            vary[i] = above;
            double up = Scalar();
            vary[i] = below;
            double down = Scalar();
            vary[i] = here;
            difference[i] = (up - down) / ((double)above - below);
        }
        ((ReadOnlySpan<float>)gradient).ShouldBeCloseTo(difference, Tolerance, "gradient");

        double Scalar()
        {
            var output = new LayerRun(layer, batch).Forward(parameters, input).Output;
            double sum = 0;
            for (int i = 0; i < output.Length; i++)
            {
                sum += (double)output[i] * weights[i];
            }
            return sum;
        }
    }

    /// <summary>A point where no step reaches a kink: pooled numbers differ by more than two steps, and none is near ReLU's zero.</summary>
    private static float[] SmoothPoint(Layer layer, int batch)
    {
        float[] drawn = Draw.Numbers(batch * layer.Input.Size, 11, 2);
        if (layer is Embedding)
        {
            return LayerCases.Tokens([.. drawn.Select(x => x / 2)]);
        }
        if (layer is Pooling)
        {
            int[] ranks = [.. Enumerable.Range(0, drawn.Length)];
            Array.Sort((float[])drawn.Clone(), ranks);
            var apart = new float[drawn.Length];
            for (int rank = 0; rank < ranks.Length; rank++)
            {
                apart[ranks[rank]] = 4 * Step * (rank - ranks.Length / 2);
            }
            return apart;
        }
        return [.. drawn.Select(x => x + MathF.CopySign(2 * Step, x))];
    }
}

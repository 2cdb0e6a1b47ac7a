using Atoll.Learning.Layers;
using Atoll.Learning.Models;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Tests.Layers;

public sealed class InitializationTests
{
    /// <summary>Uniform in ±b has variance b²/3; over 100,352 weights its standard error is below half a percent.</summary>
    [Theory]
    [InlineData(Initialization.Lecun, 1.0 / 784)]
    [InlineData(Initialization.Glorot, 6.0 / (784 + 128))]
    [InlineData(Initialization.He, 6.0 / 784)]
    public void Weights_are_uniform_within_the_published_bound(Initialization initialization, double squaredBound)
    {
        float[] weights = Drawn(new Linear(new Shape(784), 128, initialization))[..(784 * 128)];

        weights.Max(MathF.Abs).ShouldBeLessThanOrEqualTo((float)Math.Sqrt(squaredBound));
        weights.Average(w => (double)w * w).ShouldBe(squaredBound / 3, squaredBound / 3 * 0.02);
        weights.Average(w => (double)w).ShouldBe(0, Math.Sqrt(squaredBound / 3 / weights.Length) * 4);
    }

    [Fact]
    public void Biases_start_at_0_but_for_Lecun()
    {
        Drawn(new Linear(new Shape(10), 5, Initialization.Glorot))[50..].ShouldAllBe(b => b == 0);
        Drawn(new Linear(new Shape(10), 5, Initialization.He))[50..].ShouldAllBe(b => b == 0);
        Drawn(new Linear(new Shape(10), 5))[50..].ShouldAllBe(b => b != 0);
    }

    /// <summary>A 5×5 convolution of 3 channels meets 75 inputs in each output, and 5·5·8 outputs from each input.</summary>
    [Fact]
    public void A_convolution_counts_its_window()
    {
        float[] weights = Drawn(new Conv2d(new Shape(9, 9, 3), 8, kernel: 5, initialization: Initialization.Glorot))[..600];

        weights.Max(MathF.Abs).ShouldBeInRange(0.98f * MathF.Sqrt(6f / 275), MathF.Sqrt(6f / 275));
    }

    [Fact]
    public void Models_pass_their_choice_on()
    {
        float[] he = new Mlp { Hidden = [4], Initialization = Initialization.He }.Build(new Shape(3), 2).Initialize(1);
        float[] lecun = new Mlp { Hidden = [4] }.Build(new Shape(3), 2).Initialize(1);

        he.ShouldNotBe(lecun);
        he[12..16].ShouldAllBe(b => b == 0);
    }

    private static float[] Drawn(Layer layer)
    {
        float[] parameters = new float[layer.ParameterCount];
        layer.Initialize(parameters, new Philox(1, Purpose.Initialization));
        return parameters;
    }
}

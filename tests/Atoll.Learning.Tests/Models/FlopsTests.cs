using Atoll.Learning.Layers;
using Atoll.Learning.Models;

namespace Atoll.Learning.Tests.Models;

/// <summary>Counts by hand, as NUMERICS.md says to count.</summary>
public sealed class FlopsTests
{
    [Fact]
    public void Logistic_regression()
    {
        const int forward = 2 * 4, loss = 20, backward = 2 * 4 + 1; // ∂W = xᵀ·∂y, ∂b = Σ ∂y; nobody wants ∂x
        new Logistic().Build(new Shape(4), 2).TrainingFlops.ShouldBe(forward + loss + backward);
    }

    [Fact]
    public void A_perceptron()
    {
        const int forward = 2 * 3 * 2 + 2 + 2 * 2 * 3, loss = 12 * 3;
        const int last = 4 * 2 * 3 + 3, activation = 2 * 2, first = 2 * 3 * 2 + 2;
        new Mlp { Hidden = [2] }.Build(new Shape(3), 3).TrainingFlops.ShouldBe(forward + loss + last + activation + first);
    }

    [Fact]
    public void The_forward_pass_of_McMahans_network()
    {
        long convolutions = 2L * 28 * 28 * 32 * 25 + 2L * 14 * 14 * 64 * (25 * 32);
        long activations = 28 * 28 * 32 + 14 * 14 * 64 + 512, pools = 14 * 14 * 32 * 4 + 7 * 7 * 64 * 4;
        long linear = 2L * 3136 * 512 + 2L * 512 * 10;
        new McMahanCnn().Build(new Shape(28, 28, 1), 10).Layers.ForwardFlops.ShouldBe(convolutions + activations + pools + linear);
    }

    [Fact]
    public void A_strided_convolution()
    {
        Conv2d layer = new(new Shape(9, 6, 2), channels: 9, kernel: 5, padding: 2, stride: 2); // 5×3 places, patches of 50
        layer.ForwardFlops.ShouldBe(5 * 3 * 9 * 2 * 50);
        layer.BackwardFlops(inputGradient: false).ShouldBe(5 * 3 * 9 * (2 * 50 + 1));
        layer.BackwardFlops(inputGradient: true).ShouldBe(5 * 3 * 9 * (4 * 50 + 1));
    }

    [Fact]
    public void A_residual_connection_adds_its_additions()
    {
        Shape shape = new(6);
        Linear inner = new(shape, 6);
        new Residual(inner).ForwardFlops.ShouldBe(inner.ForwardFlops + 6);
        new Residual(inner).BackwardFlops(inputGradient: true).ShouldBe(inner.BackwardFlops(inputGradient: true) + 6);
    }
}

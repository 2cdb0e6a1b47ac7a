using System.Runtime.Intrinsics;
using Atoll.Learning.Kernels;

namespace Atoll.Learning.Layers;

/// <summary>The activation functions.</summary>
public static class Activations
{
    /// <summary>max(0, x); 0 where x is 0; NaN stays NaN.</summary>
    public static Layer ReLU(Shape shape) => new Activation<ReLUFunction>(shape);

    /// <summary>x·Φ(x) by tanh: ½x(1 + tanh(√(2/π)(x + 0.044715x³))). Hendrycks, Gimpel, 2016. <see href="https://arxiv.org/abs/1606.08415"/></summary>
    public static Layer Gelu(Shape shape) => new Activation<GeluFunction>(shape);

    public static Layer Tanh(Shape shape) => new Activation<TanhFunction>(shape);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static Layer Sigmoid(Shape shape) => new Activation<SigmoidFunction>(shape);

    private static Vector256<float> V(float x) => Vector256.Create(x);

    private readonly struct ReLUFunction : IActivation
    {
        public static long Flops => 1;

        public static Vector256<float> Forward(Vector256<float> x) =>
            Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<float>.Zero), Vector256<float>.Zero, x);

        public static Vector256<float> Derivative(Vector256<float> x, Vector256<float> y) =>
            Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<float>.Zero), Vector256<float>.Zero, V(1f));
    }

    private readonly struct GeluFunction : IActivation
    {
        private const float Root = 0.7978845608f, Cubic = 0.044715f; // √(2/π)

        public static long Flops => 12;

        public static Vector256<float> Forward(Vector256<float> x) => V(0.5f) * x * (V(1f) + Tanh(x));

        public static Vector256<float> Derivative(Vector256<float> x, Vector256<float> y)
        {
            var t = Tanh(x);
            var inner = V(Root) * Vector256.FusedMultiplyAdd(V(3 * Cubic), x * x, V(1f)); // d/dx √(2/π)(x + 0.044715x³)
            return V(0.5f) * (V(1f) + t) + V(0.5f) * x * (V(1f) - t * t) * inner;
        }

        private static Vector256<float> Tanh(Vector256<float> x) => VectorMath.Tanh(V(Root) * Vector256.FusedMultiplyAdd(V(Cubic) * x * x, x, x));
    }

    private readonly struct TanhFunction : IActivation
    {
        public static long Flops => 8;

        public static Vector256<float> Forward(Vector256<float> x) => VectorMath.Tanh(x);

        public static Vector256<float> Derivative(Vector256<float> x, Vector256<float> y) => V(1f) - y * y;
    }

    private readonly struct SigmoidFunction : IActivation
    {
        public static long Flops => 8;

        public static Vector256<float> Forward(Vector256<float> x) => VectorMath.Sigmoid(x);

        public static Vector256<float> Derivative(Vector256<float> x, Vector256<float> y) => y * (V(1f) - y);
    }
}

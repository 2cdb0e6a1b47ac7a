using Atoll.Benchmarks.Machine;
using Atoll.Learning.Kernels;

namespace Atoll.Benchmarks.Work;

/// <summary>Products of matrices: a large one, and the shapes that training a fully connected layer meets.</summary>
internal static class Products
{
    private delegate void Product(int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, bool accumulate = false);

    public static IEnumerable<Benchmark> All =>
    [
        Of("sgemm-1024", "1024×1024×1024", MatrixProduct.NN, 1024, 1024, 1024) with { Target = Target.ShareOfLimit(0.8, "FMA peak") },
        Of("sgemm-2048", "2048×2048×2048", MatrixProduct.NN, 2048, 2048, 2048),
        .. Layer("mlp", batch: 20, inputs: 784, outputs: 128),
        .. Layer("cnn-fc", batch: 20, inputs: 3136, outputs: 512),
    ];

    /// <summary>A linear layer's three products: y = x·W, ∂W = xᵀ·∂y, ∂x = ∂y·Wᵀ.</summary>
    private static IEnumerable<Benchmark> Layer(string name, int batch, int inputs, int outputs) =>
    [
        Of($"{name}-forward", $"{batch}×{inputs} · {inputs}×{outputs}", MatrixProduct.NN, batch, outputs, inputs),
        Of($"{name}-weights", $"({batch}×{inputs})ᵀ · {batch}×{outputs}", MatrixProduct.TN, inputs, outputs, batch),
        Of($"{name}-inputs", $"{batch}×{outputs} · ({inputs}×{outputs})ᵀ", MatrixProduct.NT, batch, inputs, outputs),
    ];

    private static Benchmark Of(string name, string what, Product product, int m, int n, int k)
    {
        double flops = 2.0 * m * n * k;
        return new(name, what, "GFLOP/s", _ =>
        {
            float[] a = Draw.Numbers(m * k), b = Draw.Numbers(k * n), c = new float[m * n];
            return new Piece(() => product(m, n, k, a, b, c), flops, Limit.Fma, flops);
        })
        { Scale = 1e9 };
    }
}

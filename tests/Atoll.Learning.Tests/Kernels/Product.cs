using Atoll.Learning.Kernels;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Kernels;

public enum Storage { NN, NT, TN }

/// <summary>One product with its operands, and its definition: a scalar chain of fused multiply-adds.</summary>
internal sealed record Product(Storage Storage, int M, int N, int K, bool Accumulate)
{
    public float[] A { get; } = Draw.Numbers(M * K, 21, 2);

    public float[] B { get; } = Draw.Numbers(K * N, 22, 2);

    public float[] Before { get; } = Draw.Numbers(M * N, 23, 2);

    public void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c)
    {
        switch (Storage)
        {
            case Storage.NN: MatrixProduct.NN(M, N, K, a, b, c, Accumulate); break;
            case Storage.NT: MatrixProduct.NT(M, N, K, a, b, c, Accumulate); break;
            default: MatrixProduct.TN(M, N, K, a, b, c, Accumulate); break;
        }
    }

    public float[] Chains()
    {
        var c = new float[M * N];
        for (int m = 0; m < M; m++)
        {
            for (int n = 0; n < N; n++)
            {
                float chain = Accumulate ? Before[m * N + n] : 0;
                for (int k = 0; k < K; k++)
                {
                    chain = MathF.FusedMultiplyAdd(AAt(m, k), BAt(k, n), chain);
                }
                c[m * N + n] = chain;
            }
        }
        return c;
    }

    public float AAt(int m, int k) => Storage == Storage.TN ? A[k * M + m] : A[m * K + k];

    public float BAt(int k, int n) => Storage == Storage.NT ? B[n * K + k] : B[k * N + n];
}

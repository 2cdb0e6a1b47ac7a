using Atoll.Learning.Kernels;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Kernels;

/// <summary>Every tile against the scalar one, which is the definition; all that this processor can run, whichever it would choose.</summary>
public sealed class TileTests
{
    private const int Segments = 3, K = 11, Wide = 40;

    private delegate void Runner(in Tile tile, int rows, int columns);

    [SkippableFact]
    public void The_256_bit_tile_is_the_scalar_one()
    {
        Skip.IfNot(VectorPath.Use256 || System.Runtime.Intrinsics.X86.Fma.IsSupported, "this processor has no 256-bit fused multiply-add");
        Compare(Tile256.Run, Tile256.Rows, [.. Enumerable.Range(1, Tile256.Width), Tile256.Columns]);
    }

    [SkippableFact]
    public void The_512_bit_tile_is_the_scalar_one()
    {
        Skip.IfNot(VectorPath.Use512, "this processor has no AVX-512");
        Compare(Tile512.Run, Tile512.Rows, [.. Enumerable.Range(1, Tile512.Width), Tile512.Columns]);
    }

    private static unsafe void Compare(Runner run, int maximumRows, int[] columns)
    {
        float[] a = Draw.Numbers(4_000, 31), b = Draw.Numbers(4_000, 32), before = Draw.Numbers(maximumRows * Wide, 33);
        foreach (bool accumulate in (bool[])[false, true])
        {
            for (int rows = 1; rows <= maximumRows; rows++)
            {
                foreach (int some in columns)
                {
                    float[] expected = [.. before], actual = [.. before];
                    fixed (float* pa = a, pb = b, pe = expected, pc = actual)
                    {
                        // Strides as convolution uses them: rows of A overlap, segments lie apart.
                        Tile tile = new() { A = pa, ARow = 3, AK = 2, ASegment = 97, B = pb, BK = Wide, BSegment = 600, C = pe, CRow = Wide, Segments = Segments, K = K, Accumulate = accumulate };
                        TileScalar.Run(tile, rows, some);
                        tile.C = pc;
                        run(tile, rows, some);
                    }
                    ((ReadOnlySpan<float>)actual).ShouldHaveTheBitsOf(expected, $"{rows} × {some}, accumulate {accumulate}"); // what lies beside the tile included
                }
            }
        }
    }
}

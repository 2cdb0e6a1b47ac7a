namespace Atoll.Learning.Kernels;

/// <summary>A tile without vectors: the definition that the others must match to the bit.</summary>
internal static unsafe class TileScalar
{
    public static void Run(in Tile t, int rows, int columns)
    {
        for (int m = 0; m < rows; m++)
        {
            for (int n = 0; n < columns; n++)
            {
                float c = t.Accumulate ? t.C[m * t.CRow + n] : 0;
                for (int s = 0; s < t.Segments; s++)
                {
                    float* a = t.A + m * t.ARow + s * t.ASegment, b = t.B + s * t.BSegment + n;
                    for (int k = 0; k < t.K; k++)
                    {
                        c = MathF.FusedMultiplyAdd(a[k * t.AK], b[k * t.BK], c);
                    }
                }
                t.C[m * t.CRow + n] = c;
            }
        }
    }
}

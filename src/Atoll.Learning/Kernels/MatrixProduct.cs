namespace Atoll.Learning.Kernels;

/// <summary>
/// Products of matrices, deterministic to the bit: every element of C is one chain <c>c ← fma(A[m, k], B[k, n], c)</c>, k ascending,
/// starting from zero or from what C holds. Blocking, packing and vectors choose only in which order different elements are worked on.
/// </summary>
/// <remarks>Blocking after Goto, van de Geijn, 2008, <see href="https://doi.org/10.1145/1356052.1356053"/>.</remarks>
public static unsafe class MatrixProduct
{
    private const int BlockK = 256, BlockN = 1024;

    // Below this many rows, B is used too few times to earn its packing.
    private const int FewRows = 48;

    /// <summary>Columns that one register holds.</summary>
    internal static int VectorWidth => Vectors.Width;

    /// <summary>C[m×n] (+)= A[m×k] · B[k×n].</summary>
    public static void NN(int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, bool accumulate = false) =>
        Checked(m, n, k, a, aRow: k, aK: 1, b, bK: n, bColumn: 1, c, accumulate);

    /// <summary>C[m×n] (+)= A[m×k] · Bᵀ, with B stored n×k.</summary>
    public static void NT(int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, bool accumulate = false) =>
        Checked(m, n, k, a, aRow: k, aK: 1, b, bK: 1, bColumn: k, c, accumulate);

    /// <summary>C[m×n] (+)= Aᵀ · B[k×n], with A stored k×m.</summary>
    public static void TN(int m, int n, int k, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, bool accumulate = false) =>
        Checked(m, n, k, a, aRow: 1, aK: m, b, bK: n, bColumn: 1, c, accumulate);

    private static void Checked(
        int m, int n, int k, ReadOnlySpan<float> a, nint aRow, nint aK, ReadOnlySpan<float> b, nint bK, nint bColumn, Span<float> c, bool accumulate)
    {
        Require.AtLeast(0, m, nameof(m));
        Require.AtLeast(0, n, nameof(n));
        Require.AtLeast(0, k, nameof(k));
        Require.That(a.Length >= (long)m * k && b.Length >= (long)k * n && c.Length >= (long)m * n,
            $"A product of {m}×{k} and {k}×{n} needs {(long)m * k}, {(long)k * n} and {(long)m * n} numbers, but got {a.Length}, {b.Length} and {c.Length}.");
        fixed (float* pa = a, pb = b, pc = c)
        {
            Tile tile = new() { A = pa, ARow = aRow, AK = aK, B = pb, BK = bK, C = pc, CRow = n, Segments = 1, K = k, Accumulate = accumulate };
            if (k == 0)
            {
                Panels(tile, m, n); // chains without a link: C stays, or becomes zero
            }
            else if (bColumn != 1 && (long)k * n <= (long)m * (n + k) && n <= BlockN && k <= BlockK)
            {
                float* turned = Scratch.B((long)k * n); // small: B turned costs less than C turned
                Transposition.Copy(pb, bColumn, turned, n, n, k);
                Panels(tile with { B = turned, BK = n }, m, n);
            }
            else if (bColumn != 1 && m <= 2 * Vectors.Width)
            {
                Transposed(tile, bColumn, m, n);
            }
            else if (bColumn != 1 || (m > FewRows && (long)k * n > 16 * 1024))
            {
                Packed(tile, bColumn, m, n);
            }
            else
            {
                Panels(tile, m, n);
            }
        }
    }

    /// <summary>
    /// The product without packing, for any strides of A and for B with contiguous columns. What convolution calls: segments let
    /// the chain over k run through the lines of an image.
    /// </summary>
    internal static void Panels(in Tile whole, int m, int n)
    {
        int pieces = (m + Vectors.Rows - 1) / Vectors.Rows;
        Tile tile = whole;
        for (int column = 0; column < n;)
        {
            int columns = Vectors.Columns(n - column);
            tile.B = whole.B + column;
            for (int piece = 0, row = 0; piece < pieces; piece++)
            {
                int rows = (m - row) / (pieces - piece); // pieces as equal as can be
                tile.A = whole.A + row * whole.ARow;
                tile.C = whole.C + row * whole.CRow + column;
                Vectors.Run(tile, rows, columns);
                row += rows;
            }
            column += columns;
        }
    }

    /// <summary>Few rows and B stored by columns: works on Cᵀ = Bᵀ Aᵀ, so that only the small A is rearranged.</summary>
    private static void Transposed(in Tile whole, nint bColumn, int m, int n)
    {
        int width = m > Vectors.Width ? 2 * Vectors.Width : Vectors.Width;
        float* b = Scratch.B((long)whole.K * width), c = Scratch.C((long)Vectors.Rows * width);
        new Span<float>(b, whole.K * width).Clear();
        Transposition.Copy(whole.A, whole.ARow, b, width, m, whole.K);
        Tile tile = whole with { ARow = bColumn, AK = whole.BK, B = b, BK = width, C = c, CRow = width };
        for (int row = 0; row < n; row += Vectors.Rows)
        {
            int rows = Math.Min(Vectors.Rows, n - row);
            tile.A = whole.B + row * bColumn;
            if (whole.Accumulate)
            {
                Transposition.Copy(whole.C + row, whole.CRow, c, width, m, rows);
            }
            Vectors.Run(tile, rows, width);
            Transposition.Copy(c, width, whole.C + row, whole.CRow, rows, m);
        }
    }

    /// <summary>Large products: blocks of B packed into panels that stay in the second cache, rows of A into the first.</summary>
    private static void Packed(in Tile whole, nint bColumn, int m, int n)
    {
        int width = 2 * Vectors.Width, rowsPerTile = Vectors.Rows;
        float* packedB = Scratch.B((long)BlockK * (BlockN + width)), packedA = Scratch.A((long)BlockK * rowsPerTile);
        for (int column = 0; column < n; column += BlockN)
        {
            int columns = Math.Min(BlockN, n - column);
            for (int k = 0; k < whole.K; k += BlockK)
            {
                int depth = Math.Min(BlockK, whole.K - k);
                PackB(whole.B + k * whole.BK + column * bColumn, whole.BK, bColumn, depth, columns, width, packedB);
                Tile tile = whole with { AK = rowsPerTile, ARow = 1, A = packedA, BK = width, K = depth, Accumulate = whole.Accumulate || k > 0 };
                for (int row = 0; row < m; row += rowsPerTile)
                {
                    int rows = Math.Min(rowsPerTile, m - row);
                    PackA(whole.A + row * whole.ARow + k * whole.AK, whole.ARow, whole.AK, rows, depth, packedA);
                    for (int j = 0; j < columns;)
                    {
                        int some = Vectors.Columns(columns - j);
                        tile.B = packedB + (long)(j / width) * width * depth + j % width;
                        tile.C = whole.C + row * whole.CRow + column + j;
                        Vectors.Run(tile, rows, some);
                        j += some;
                    }
                }
            }
        }
    }

    private static void PackA(float* a, nint aRow, nint aK, int rows, int depth, float* packed)
    {
        if (aK == 1)
        {
            Transposition.Copy(a, aRow, packed, Vectors.Rows, rows, depth);
            return;
        }
        for (int k = 0; k < depth; k++)
        {
            new ReadOnlySpan<float>(a + k * aK, rows).CopyTo(new Span<float>(packed + (long)k * Vectors.Rows, rows));
        }
    }

    private static void PackB(float* b, nint bK, nint bColumn, int depth, int columns, int width, float* packed)
    {
        for (int j = 0; j < columns; j += width)
        {
            int wide = Math.Min(width, columns - j);
            float* panel = packed + (long)j * depth;
            if (wide < width)
            {
                new Span<float>(panel, depth * width).Clear();
            }
            if (bColumn == 1)
            {
                for (int k = 0; k < depth; k++)
                {
                    new ReadOnlySpan<float>(b + k * bK + j, wide).CopyTo(new Span<float>(panel + (long)k * width, wide));
                }
            }
            else
            {
                Transposition.Copy(b + j * bColumn, bColumn, panel, width, wide, depth);
            }
        }
    }

    /// <summary>The tile that this machine runs.</summary>
    private static class Vectors
    {
        public static readonly int Width = VectorPath.Use512 ? Tile512.Width : Tile256.Width;

        public static readonly int Rows = VectorPath.Use512 ? Tile512.Rows : Tile256.Rows;

        /// <summary>How many of the remaining columns the next tile takes.</summary>
        public static int Columns(int remaining) => remaining >= 2 * Width ? 2 * Width : Math.Min(remaining, Width);

        public static void Run(in Tile tile, int rows, int columns)
        {
            if (VectorPath.Use512)
            {
                Tile512.Run(tile, rows, columns);
            }
            else if (VectorPath.Use256)
            {
                Tile256.Run(tile, rows, columns);
            }
            else
            {
                TileScalar.Run(tile, rows, columns);
            }
        }
    }
}

namespace Atoll.Learning.Kernels;

/// <content>From numbers of rows and columns to the types that stand for them.</content>
internal static unsafe partial class Tile512
{
    /// <summary>Runs the tile for numbers of rows and columns known only now.</summary>
    public static void Run(in Tile tile, int rows, int columns)
    {
        switch (columns)
        {
            case Columns: Run<TwoVectors>(tile, rows); break;
            case Width: Run<OneVector>(tile, rows); break;
            default: Run<PartOfVector>(tile with { Columns = columns }, rows); break;
        }
    }

    private static void Run<TColumns>(in Tile tile, int rows) where TColumns : struct, IColumns
    {
        switch (rows)
        {
            case 1: Multiply<Rows1, TColumns>(tile); break;
            case 2: Multiply<Rows2, TColumns>(tile); break;
            case 3: Multiply<Rows3, TColumns>(tile); break;
            case 4: Multiply<Rows4, TColumns>(tile); break;
            case 5: Multiply<Rows5, TColumns>(tile); break;
            case 6: Multiply<Rows6, TColumns>(tile); break;
            case 7: Multiply<Rows7, TColumns>(tile); break;
            case 8: Multiply<Rows8, TColumns>(tile); break;
            case 9: Multiply<Rows9, TColumns>(tile); break;
            case 10: Multiply<Rows10, TColumns>(tile); break;
            case 11: Multiply<Rows11, TColumns>(tile); break;
            case 12: Multiply<Rows12, TColumns>(tile); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, "A tile has 1 to 12 rows.");
        }
    }
}

namespace Atoll.Learning.Kernels;

/// <summary>What one tile multiplies: <c>C[m, n] (+)= Σₛ Σₖ A[m·ARow + s·ASegment + k·AK] · B[s·BSegment + k·BK + n]</c>. All strides count floats.</summary>
internal unsafe struct Tile
{
    public float* A, B, C;

    public nint ARow, AK, ASegment, BK, BSegment, CRow;

    public int Segments, K;

    /// <summary>How many columns count, in a tile that is narrower than a vector.</summary>
    public int Columns;

    /// <summary>Whether the chains start at what C holds, or at zero.</summary>
    public bool Accumulate;
}

/// <summary>A number of rows as a type, so that the compiler sees a constant.</summary>
internal interface IRows
{
    static abstract int Count { get; }
}

/// <summary>Two vectors of columns, one, or part of one, as a type.</summary>
internal interface IColumns
{
    static abstract bool Two { get; }

    static abstract bool Part { get; }
}

internal readonly struct TwoVectors : IColumns
{
    public static bool Two => true;

    public static bool Part => false;
}

internal readonly struct OneVector : IColumns
{
    public static bool Two => false;

    public static bool Part => false;
}

internal readonly struct PartOfVector : IColumns
{
    public static bool Two => false;

    public static bool Part => true;
}

internal readonly struct Rows1 : IRows
{
    public static int Count => 1;
}

internal readonly struct Rows2 : IRows
{
    public static int Count => 2;
}

internal readonly struct Rows3 : IRows
{
    public static int Count => 3;
}

internal readonly struct Rows4 : IRows
{
    public static int Count => 4;
}

internal readonly struct Rows5 : IRows
{
    public static int Count => 5;
}

internal readonly struct Rows6 : IRows
{
    public static int Count => 6;
}

internal readonly struct Rows7 : IRows
{
    public static int Count => 7;
}

internal readonly struct Rows8 : IRows
{
    public static int Count => 8;
}

internal readonly struct Rows9 : IRows
{
    public static int Count => 9;
}

internal readonly struct Rows10 : IRows
{
    public static int Count => 10;
}

internal readonly struct Rows11 : IRows
{
    public static int Count => 11;
}

internal readonly struct Rows12 : IRows
{
    public static int Count => 12;
}

namespace Atoll.Learning.Data;

/// <summary>One row of text, and where it was read.</summary>
/// <param name="Line">From 1, as editors count.</param>
public readonly record struct TableRow(string File, int Line, string[] Cells)
{
    /// <summary><c>file:line</c>.</summary>
    public override string ToString() => $"{File}:{Line}";
}

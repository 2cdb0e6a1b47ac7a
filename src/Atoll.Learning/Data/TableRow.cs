using System.Text;

namespace Atoll.Learning.Data;

/// <summary>One row of text, and where it was read.</summary>
/// <param name="Line">From 1, as editors count.</param>
public readonly record struct TableRow(string File, int Line, string[] Cells)
{
    /// <summary>Of the row as text: its cells in UTF-8, a separator between each two, and a line end.</summary>
    public int Bytes => Cells.Sum(Encoding.UTF8.GetByteCount) + Math.Max(1, Cells.Length);

    /// <summary><c>file:line</c>.</summary>
    public override string ToString() => $"{File}:{Line}";
}

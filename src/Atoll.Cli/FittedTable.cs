using Spectre.Console;
using Spectre.Console.Rendering;

namespace Atoll.Cli;

/// <summary>A table that never breaks a cell: columns that matter less are left out until the rest fits.</summary>
internal sealed class FittedTable
{
    private const int Gap = 2;

    private readonly List<Column> _columns = [];

    /// <param name="importance">Columns of the least importance go first, all of them at once; those of <see cref="int.MaxValue"/> stay.</param>
    public FittedTable Add(string head, IEnumerable<string> cells, int importance = int.MaxValue, bool isText = false)
    {
        _columns.Add(new(Terminal.Harmless(head), [.. cells.Select(Terminal.Harmless)], importance, isText));
        return this;
    }

    /// <summary>The lines, each at most <paramref name="width"/> long unless what must stay is wider even when names are cut short.</summary>
    public IReadOnlyList<string> Lines(int width)
    {
        List<Column> shown = [.. _columns];
        while (Total(shown) > width && shown.Min(c => c.Importance) is < int.MaxValue and int least)
        {
            shown.RemoveAll(c => c.Importance == least);
        }
        int excess = Total(shown) - width;
        if (excess > 0 && shown.Find(c => c.IsText) is { } text)
        {
            shown[shown.IndexOf(text)] = text.Cut(Math.Max(8, text.Width - excess));
        }
        string rule = string.Join(new string(' ', Gap), shown.Select(c => new string('─', c.Width)));
        return [Row(shown, c => c.Head), rule, .. Enumerable.Range(0, _columns[0].Cells.Length).Select(row => Row(shown, c => c.Cells[row]))];
    }

    public void WriteTo(Terminal terminal)
    {
        IReadOnlyList<string> lines = Lines(terminal.Width);
        for (int i = 0; i < lines.Count; i++)
        {
            terminal.Line(lines[i], i switch { 0 => new Style(decoration: Decoration.Bold), 1 => new Style(decoration: Decoration.Dim), _ => null });
        }
    }

    private static string Row(List<Column> columns, Func<Column, string> cell) =>
        string.Join(new string(' ', Gap), columns.Select(c => c.Padded(cell(c)))).TrimEnd();

    private static int Total(List<Column> columns) => columns.Sum(c => c.Width) + Gap * (columns.Count - 1);

    private sealed record Column(string Head, string[] Cells, int Importance, bool IsText)
    {
        public int Width { get; } = Cells.Append(Head).Max(Measure);

        public string Padded(string cell)
        {
            string blank = new(' ', Width - Measure(cell));
            return IsText ? cell + blank : blank + cell;
        }

        public Column Cut(int width) => new(Shortened(Head, width), [.. Cells.Select(cell => Shortened(cell, width))], Importance, IsText);

        private static string Shortened(string text, int width)
        {
            if (Measure(text) <= width)
            {
                return text;
            }
            while (Measure(text) >= width)
            {
                text = text[..^1];
            }
            return text + "…";
        }

        /// <summary>In the terminal's cells: East Asian characters take two.</summary>
        private static int Measure(string text) => new Segment(text).CellCount();
    }
}

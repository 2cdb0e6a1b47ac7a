using System.Buffers;
using System.Text.Unicode;
using CsvHelper;

namespace Atoll.Learning.Data;

/// <summary>
/// Reads separated text (RFC 4180; comma, semicolon, tab or bar, found out from the first lines) strictly: one header row, as many cells in
/// every row, quotes that close. Space around a cell and empty lines are ignored.
/// </summary>
public static class CsvFile
{
    private static readonly CsvReaderOptions Strict = CsvReaderOptions.Default with
    {
        HasHeader = false, // the header is read here, so that errors can name its line
        SkipEmptyLines = true,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        PoolStrings = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",;\t|\"\r\n");

    /// <summary>The rows of all files, in order.</summary>
    /// <exception cref="DataException">A file is missing, empty, ragged, not UTF-8, or has other columns than the first.</exception>
    public static Table Read(IReadOnlyList<string> paths)
    {
        Require.That(paths.Count > 0, $"csv must name at least one file.");
        return Table.Append([.. paths.Select(path => Read(path))]);
    }

    /// <param name="columns">The columns' names where the file itself has no header row.</param>
    public static Table Read(string path, IReadOnlyList<string>? columns = null)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(file, Path.GetFileName(path), columns);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"There is no file '{path}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The file '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <param name="name">What to call it in errors.</param>
    public static Table Read(Stream stream, string name, IReadOnlyList<string>? columns = null)
    {
        string like = columns is null ? "the header" : "every row";
        List<TableRow> rows = [];
        try
        {
            using CsvReader reader = CsvReader.Create(stream, Strict, leaveOpen: true);
            while (reader.Read())
            {
                int line = (int)reader.LineNumber;
                if (!Utf8.IsValid(reader.RawRecord))
                {
                    throw new DataException($"{name}:{line}: the text must be UTF-8, but is not. Save the file again as UTF-8.");
                }
                string[] cells = new string[reader.FieldCount];
                for (int i = 0; i < cells.Length; i++)
                {
                    cells[i] = reader.GetString(i);
                }
                if (columns is null)
                {
                    columns = Header(cells, name, line);
                }
                else if (cells.Length != columns.Count)
                {
                    throw new DataException($"{name}:{line}: a row must have {columns.Count} cells as {like} has, but this one has {cells.Length}.");
                }
                else
                {
                    rows.Add(new TableRow(name, line, cells));
                }
            }
        }
        catch (CsvFormatException e)
        {
            throw new DataException($"{name}:{e.LineNumber}: quotes must enclose a whole cell and close: {e.Message}", e);
        }

        if (rows.Count == 0)
        {
            throw new DataException($"{name} must have at least one row of data, but {(columns is null ? "is empty" : "has none")}.");
        }
        return new Table(name, columns!, rows);
    }

    /// <summary>Writes a table so that it reads back the same: UTF-8, commas, line feeds, quotes where they are needed.</summary>
    /// <exception cref="IOException">There is a file of this name already.</exception>
    public static void Write(Table table, string path)
    {
        using StreamWriter writer = new(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
        WriteRow(writer, table.Columns);
        foreach (TableRow row in table.Rows)
        {
            WriteRow(writer, row.Cells);
        }
    }

    private static void WriteRow(StreamWriter writer, IReadOnlyList<string> cells)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            string cell = cells[i], separator = i == 0 ? "" : ",";
            writer.Write(separator);
            // A row that is one empty cell would be an empty line, which readers skip.
            bool isPlain = cell.AsSpan().IndexOfAny(NeedQuotes) < 0 && cell.Trim().Length == cell.Length && (cell.Length > 0 || cells.Count > 1);
            writer.Write(isPlain ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }
        writer.Write('\n');
    }

    private static string[] Header(string[] cells, string name, int line)
    {
        int empty = Array.FindIndex(cells, string.IsNullOrWhiteSpace);
        if (empty >= 0)
        {
            throw new DataException($"{name}:{line}: every column must have a name in the header, but column {empty + 1} has none.");
        }
        if (cells.All(cell => Cell.IsMissing(cell) || Cell.TryNumber(cell, out _)))
        {
            throw new DataException($"{name}:{line}: the first row must name the columns, but holds numbers only.");
        }
        return cells;
    }
}

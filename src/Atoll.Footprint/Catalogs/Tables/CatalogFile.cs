using System.Text.Unicode;
using CsvHelper;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>Reads catalog files: comma-separated text whose first column's name says which table it is.</summary>
internal static class CatalogFile
{
    private static readonly CsvReaderOptions Strict = CsvReaderOptions.Default with
    {
        HasHeader = false, // the header is read here, so that errors can name its line
        SkipEmptyLines = true,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    public static Catalog Put(Catalog below, string path)
    {
        try
        {
            // Seen before it is opened: a pipe that nobody writes to would be waited for without end.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                throw new CatalogException($"{path} must have at least one row below its header, but is empty (or a pipe or a device, which are not read).");
            }
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Put(below, file, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CatalogException($"There is no catalog file '{path}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException($"The catalog file '{path}' cannot be read: {e.Message}");
        }
    }

    /// <param name="name">What to call it in errors.</param>
    public static Catalog Put(Catalog below, Stream stream, string name)
    {
        CatalogTable? table = null;
        IReadOnlyList<string> header = [];
        List<CatalogRow> rows = [];
        foreach ((int line, string[] cells) in Lines(stream, name))
        {
            if (table is null)
            {
                (table, header) = (TableOf(cells, name, line), cells);
                continue;
            }
            if (cells.Length != header.Count)
            {
                throw new CatalogException($"{name}:{line}: a row must have {header.Count} cells as the header has, but this one has {cells.Length}.");
            }
            rows.Add(new(name, line, header.Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second)));
        }
        return rows.Count > 0
            ? table!.Put(below, rows)
            : throw new CatalogException($"{name} must have at least one row below its header, but {(table is null ? "is empty" : "has none")}.");
    }

    private static CatalogTable TableOf(string[] header, string name, int line)
    {
        string[] keys = [.. CatalogTable.All.Select(t => t.Key)];
        CatalogTable table = CatalogTable.All.FirstOrDefault(t => t.Key == header[0]) ?? throw new CatalogException(
            $"{name}:{line}: the header must begin with one of {string.Join(", ", keys)} (was '{header[0]}'){NearestName.Suggestion(header[0], keys)}");
        string must = $"{name}:{line}: a table of '{table.Key}' must have the columns {string.Join(", ", table.Columns)}";
        if (Array.Find(header, c => !table.Columns.Contains(c)) is { } unknown)
        {
            throw new CatalogException($"{must} (was '{unknown}'){NearestName.Suggestion(unknown, table.Columns)}");
        }
        if (header.GroupBy(c => c).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new CatalogException($"{name}:{line}: a column must be there once, but '{twice.Key}' is there {twice.Count()} times.");
        }
        string[] missing = [.. table.Columns.Except(header)];
        return missing.Length == 0 ? table : throw new CatalogException($"{must}, but {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing.");
    }

    private static IEnumerable<(int Line, string[] Cells)> Lines(Stream stream, string name)
    {
        using CsvReader reader = CsvReader.Create(stream, Strict, leaveOpen: true);
        while (Next(reader, name))
        {
            if (!Utf8.IsValid(reader.RawRecord))
            {
                throw new CatalogException($"{name}:{reader.LineNumber}: the text must be UTF-8, but is not. Save the file again as UTF-8.");
            }
            yield return ((int)reader.LineNumber, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }
    }

    private static bool Next(CsvReader reader, string name)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new CatalogException($"{name}:{e.LineNumber}: quotes must enclose a whole cell and close: {e.Message}");
        }
    }
}

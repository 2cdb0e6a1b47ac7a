using System.Globalization;
using Atoll.Footprint.Provenance;
using CsvHelper;

namespace Atoll.Footprint.Grids;

/// <summary>Reads a trace from CSV, strictly.</summary>
internal static class TraceFile
{
    private const long MostBytes = 1L << 28;

    /// <summary>g/kWh above which a value is a mistake (of unit, or a marker such as 9999999): no fuel comes near it.</summary>
    internal const double MostIntensity = 20_000;

    private static readonly CsvReaderOptions s_strict = CsvReaderOptions.Default with
    {
        HasHeader = false, // the header is read here, so that errors can name its line
        SkipEmptyLines = true,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
    };

    public static GridTrace Read(string path, GapRule rule, string? column)
    {
        try
        {
            // Seen before it is opened: a pipe that nobody writes to would be waited for without end.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                throw new TraceException($"{path} must have a line of column names and rows below it, but is empty (or a pipe or a device, which are not read).");
            }
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return file.Length <= MostBytes ? Read(file, path, rule, column) : throw new TraceException($"{path} must have at most {MostBytes >> 20} MiB, but has {file.Length >> 20}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TraceException(e is FileNotFoundException or DirectoryNotFoundException ? $"There must be a trace at '{path}', but there is no such file."
                : Directory.Exists(path) ? $"'{path}' must be a CSV file, but is a folder." : $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    public static GridTrace Read(Stream stream, string name, GapRule rule, string? column)
    {
        try
        {
            using CsvReader csv = CsvReader.Create(stream, s_strict, leaveOpen: true);
            return csv.Read() ? Read(csv, name, rule, column) : throw new TraceException($"{name} must have a line of column names and rows below it, but is empty.");
        }
        catch (CsvFormatException e)
        {
            throw new TraceException($"{name}, line {e.LineNumber}: quotes must enclose a whole value and close: {e.Message}", e);
        }
    }

    private static GridTrace Read(CsvReader csv, string name, GapRule rule, string? column)
    {
        string[] header = [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];
        TraceColumns columns = TraceColumns.Of(header, name, column);
        TraceTime times = new();
        List<TraceRow> rows = [];
        while (csv.Read())
        {
            int line = (int)csv.LineNumber;
            if (csv.FieldCount != header.Length)
            {
                throw new TraceException($"{name}, line {line}: a row must have {header.Length} values, as the header has, but has {csv.FieldCount}.");
            }
            string time = csv.GetString(columns.Time);
            DateTimeOffset at = times.Read(time) ?? throw new TraceException($"{name}, line {line}, {header[columns.Time]}: a time must be ISO 8601, such as 2022-01-01T00:00:00Z (was \"{time}\").");
            rows.Add(new(at, Value(csv.GetString(columns.Intensity), columns.ToGramsPerKilowattHour, $"{name}, line {line}, {header[columns.Intensity]}"), line));
        }
        string[] notes = [.. new[] { columns.Note, times.Assumed ? $"{name}: times without an offset were taken as UTC." : null }.OfType<string>()];
        Origin origin = new()
        {
            Basis = Basis.Modelled,
            Source = Path.GetFileName(name),
            Year = rows.Count > 0 ? rows[0].At.UtcDateTime.Year : null,
            Note = $"trace, column {header[columns.Intensity]}",
        };
        return TraceRows.ToTrace(name, rows, rule, origin, notes);
    }

    private static double? Value(string text, double factor, string where)
    {
        if (text.Length == 0)
        {
            return null; // a row without a value is a gap
        }
        double value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number * factor : double.NaN;
        return value is >= 0 and <= MostIntensity ? value : throw new TraceException($"{where}: an intensity must be a number from 0 to {MostIntensity} g/kWh (was \"{text}\").");
    }
}

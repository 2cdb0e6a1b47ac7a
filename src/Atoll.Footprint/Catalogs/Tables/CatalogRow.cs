using System.Globalization;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>A line of a catalog file: its cells by column, and errors that say where.</summary>
internal sealed class CatalogRow(string file, int line, IReadOnlyDictionary<string, string> cells)
{
    private const int FirstYear = 1990, LastYear = 2100;

    public int Line { get; } = line;

    /// <summary>What must be there.</summary>
    public string Text(string column) => Given(column) ?? throw Wrong(column, "must be given");

    /// <summary>Null where the cell is empty.</summary>
    public string? Given(string column) => cells[column] is { Length: > 0 } text ? text : null;

    /// <summary>One of a few words.</summary>
    public string OneOf(string column, IReadOnlyList<string> words)
    {
        string written = Text(column);
        return words.Contains(written) ? written : throw Wrong(column, $"must be one of {string.Join(", ", words)}");
    }

    /// <summary>Finite and from 0; null where the cell is empty.</summary>
    public double? Number(string column)
    {
        if (Given(column) is not { } text)
        {
            return null;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && number >= 0
            ? number
            : throw Wrong(column, "must be a finite number from 0");
    }

    /// <summary>The columns that all tables share: value, low, high, unit and where they are from.</summary>
    /// <param name="least">In the base unit; <see cref="double.Epsilon"/> for anything but nothing.</param>
    public Sourced<TDimension> Figure<TDimension>(double least = 0) where TDimension : IDimension<TDimension>
    {
        Unit<TDimension> unit = UnitOf<TDimension>();
        double value = Number("value") ?? throw Wrong("value", "must be given");
        double? low = Number("low"), high = Number("high");
        if (low is null != high is null)
        {
            throw Wrong(low is null ? "low" : "high", $"must be given where {(low is null ? "high" : "low")} is");
        }
        if (low > value)
        {
            throw Wrong("low", string.Create(CultureInfo.InvariantCulture, $"must be at most the value, {value}"));
        }
        if (high < value)
        {
            throw Wrong("high", string.Create(CultureInfo.InvariantCulture, $"must be at least the value, {value}"));
        }
        string smallest = low is null ? "value" : "low";
        return (low ?? value) * unit.Size >= least
            ? new() { Value = value * unit, Low = (low ?? value) * unit, High = (high ?? value) * unit, Origin = Origin() }
            : throw Wrong(smallest, least == double.Epsilon ? "must be more than 0" : string.Create(CultureInfo.InvariantCulture, $"must be at least {least}"));
    }

    /// <param name="must">What it must be, after its name.</param>
    public CatalogException Wrong(string column, string must) => new($"{file}:{Line}: {column} {must} ({(Given(column) is { } was ? $"was '{was}'" : "was empty")}).");

    private Unit<TDimension> UnitOf<TDimension>() where TDimension : IDimension<TDimension>
    {
        string written = cells["unit"];
        return TDimension.Units.FirstOrDefault(u => u.Symbol == written)
            ?? TDimension.Units.FirstOrDefault(u => u.Aliases.Contains(written))
            ?? throw Wrong("unit", $"must be {Described<TDimension>()}");
    }

    private static string Described<TDimension>() where TDimension : IDimension<TDimension> => TDimension.Units[0].Symbol.Length == 0
        ? "empty or %"
        : $"that of {TDimension.Phrase}, {(TDimension.Units.Count > 1 ? "one of " : "")}{string.Join(", ", TDimension.Units.Select(u => u.Symbol))}";

    private Origin Origin() => new()
    {
        Basis = Enum.Parse<Basis>(OneOf("basis", Bases), ignoreCase: true),
        Source = Text("source"),
        Year = Year(),
        Url = Url(),
        Note = Given("note"),
    };

    private static readonly string[] Bases = [.. Enum.GetNames<Basis>().Select(name => name.ToLowerInvariant())];

    private int? Year()
    {
        if (Given("year") is not { } text)
        {
            return null;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is >= FirstYear and <= LastYear
            ? year
            : throw Wrong("year", $"must be empty or a year from {FirstYear} to {LastYear}");
    }

    private string? Url()
    {
        string? text = Given("url");
        return text is null || (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http")
            ? text
            : throw Wrong("url", "must be empty or begin with https:// or http://");
    }
}

using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>The rows of one thing that has several figures, one in each row.</summary>
internal sealed class FigureRows(IEnumerable<CatalogRow> rows)
{
    private readonly CatalogRow[] _rows = [.. rows];

    public CatalogRow First => _rows[0];

    /// <summary>Which figures there are.</summary>
    public IEnumerable<string> Figures => _rows.Select(row => row.Text("figure"));

    /// <summary>Refuses other words than these in a column; an empty cell is none.</summary>
    public void RequireOneOf(string column, IReadOnlyList<string> words)
    {
        foreach (CatalogRow row in _rows.Where(row => row.Given(column) is not null))
        {
            row.OneOf(column, words);
        }
    }

    /// <summary>What belongs to the thing, not to a figure: said in any of its rows, the same wherever it is said.</summary>
    public string? Given(string column)
    {
        CatalogRow? said = Array.Find(_rows, row => row.Given(column) is not null);
        string? text = said?.Given(column);
        return Array.Find(_rows, row => row.Given(column) is { } other && other != text) is { } other
            ? throw other.Wrong(column, $"must be '{text}' or empty, as line {said!.Line} says '{text}'")
            : text;
    }

    /// <summary>Null where no row gives it.</summary>
    public Sourced<TDimension>? Figure<TDimension>(string figure, double least = 0) where TDimension : IDimension<TDimension> =>
        Array.Find(_rows, row => row.Text("figure") == figure)?.Figure<TDimension>(least);

    public CatalogException Missing(string figure) => First.Wrong("figure", $"must be {figure} in one of this entry's rows, which the catalog does not know without");
}

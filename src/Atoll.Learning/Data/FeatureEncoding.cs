using Atoll.Learning.Data.Schema;

namespace Atoll.Learning.Data;

/// <summary>Writes a cell as numbers: as it is, or one-hot.</summary>
internal sealed class FeatureEncoding
{
    private readonly int _index, _dropped;
    private readonly SchemaColumn _column;
    private readonly Dictionary<string, int>? _positions;
    private readonly bool _numeric;

    public FeatureEncoding(int index, SchemaColumn column, bool dropFirst)
    {
        (_index, _column) = (index, column);
        _dropped = dropFirst && column.Levels is not null ? 1 : 0;
        _positions = column.Levels?.Index().ToDictionary(pair => pair.Item, pair => pair.Index - _dropped, StringComparer.Ordinal);
        _numeric = column.Levels?.All(level => Cell.TryNumber(level, out _)) == true;
    }

    /// <summary>Numbers that a cell becomes.</summary>
    public int Width => _positions is null ? 1 : _positions.Count - _dropped;

    /// <param name="values">Zeros.</param>
    /// <exception cref="DataException">The cell is nothing that the schema knows.</exception>
    public void Write(TableRow row, Span<double> values)
    {
        string cell = row.Cells[_index];
        if (Cell.IsMissing(cell))
        {
            values.Fill(double.NaN);
        }
        else if (_positions is null)
        {
            if (!Cell.TryNumber(cell, out values[0]))
            {
                throw new DataException($"{row}: '{_column.Name}' must be a number as at all sites, but is '{cell}'.");
            }
            FeatureSummary.RequireFinite(row, _column.Name, values[0], cell);
        }
        else if (!_positions.TryGetValue(Cell.Level(cell, _numeric), out int position))
        {
            throw new DataException($"{row}: '{_column.Name}' must be one of the {_positions.Count} values that the sites agreed on, but is '{cell}'.");
        }
        else if (position >= 0)
        {
            values[position] = 1;
        }
    }
}

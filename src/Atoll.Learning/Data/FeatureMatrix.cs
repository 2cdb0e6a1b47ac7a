using System.Globalization;

namespace Atoll.Learning.Data;

/// <summary>The features as numbers, row after row; NaN where a value is missing.</summary>
/// <param name="Names">One a column; a one-hot column is called <c>column=value</c>.</param>
internal sealed record FeatureMatrix(IReadOnlyList<string> Names, double[] Values)
{
    /// <summary>More different texts than this is a name or a number that identifies a row, not a property of it.</summary>
    private const int MaximumLevels = 1000;

    public int Columns => Names.Count;

    /// <exception cref="DataException">A cell is infinite, or a column is no property that could be learnt from.</exception>
    public static FeatureMatrix Of(Table table, IReadOnlyList<TableRow> rows, ColumnRoles roles, bool dropFirst)
    {
        Column[] columns = [.. roles.Features.Select(column => Encoding(table, rows, column, roles.Categorical.Contains(column), dropFirst))];
        string[] names = [.. columns.SelectMany(column => column.Names)];
        if (names.Length == 0)
        {
            throw new DataException($"{table.Name} must have at least one feature, but none is left after leaving out each text column's first value.");
        }
        double[] values = new double[(long)rows.Count * names.Length];
        for (int row = 0; row < rows.Count; row++)
        {
            int at = row * names.Length;
            foreach (Column column in columns)
            {
                column.Write(rows[row], values.AsSpan(at, column.Names.Count));
                at += column.Names.Count;
            }
        }
        return new FeatureMatrix(names, values);
    }

    private static Column Encoding(Table table, IReadOnlyList<TableRow> rows, int index, bool categorical, bool dropFirst)
    {
        string name = table.Columns[index];
        int present = 0, numbers = 0;
        TableRow? text = null;
        foreach (TableRow row in rows)
        {
            string cell = row.Cells[index];
            if (Cell.IsMissing(cell))
            {
                continue;
            }
            present++;
            if (Cell.TryNumber(cell, out double value))
            {
                numbers++;
                if (!float.IsFinite((float)value))
                {
                    throw new DataException($"{row}: '{name}' must be a finite number below {float.MaxValue:g2}, but is '{cell}'.");
                }
            }
            else
            {
                text ??= row;
            }
        }

        if (present == 0)
        {
            throw new DataException($"Column '{name}' of {table.Name} must have values, but all are missing. Add it to ignore.");
        }
        if (text is null && !categorical)
        {
            return new Column(index, [name], null, false);
        }
        if (text is { } odd && !categorical && 2 * numbers >= present)
        {
            throw new DataException(
                $"{odd}: '{name}' must be a number as in most rows, but is '{odd.Cells[index]}'. Correct it, or list '{name}' under categorical.");
        }

        IReadOnlyList<string> levels = Cell.Levels(rows.Select(row => row.Cells[index]).Where(cell => !Cell.IsMissing(cell)));
        if (levels.Count > MaximumLevels)
        {
            throw new DataException(
                $"Text column '{name}' of {table.Name} must have at most {MaximumLevels} different values to be one-hot encoded, "
                + $"but has {levels.Count}. Add it to ignore.");
        }
        levels = dropFirst ? [.. levels.Skip(1)] : levels;
        return new Column(index, [.. levels.Select(level => string.Create(CultureInfo.InvariantCulture, $"{name}={level}"))], levels, text is null);
    }

    /// <param name="Levels">The values that have a column of their own; null where the cell is a number.</param>
    private sealed record Column(int Index, IReadOnlyList<string> Names, IReadOnlyList<string>? Levels, bool Numeric)
    {
        private readonly Dictionary<string, int> _positions = (Levels ?? []).Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);

        public void Write(TableRow row, Span<double> values)
        {
            string cell = row.Cells[Index];
            if (Cell.IsMissing(cell))
            {
                values.Fill(double.NaN);
            }
            else if (Levels is null)
            {
                _ = Cell.TryNumber(cell, out values[0]);
            }
            else if (_positions.TryGetValue(Cell.Level(cell, Numeric), out int position))
            {
                values[position] = 1;
            }
        }
    }
}

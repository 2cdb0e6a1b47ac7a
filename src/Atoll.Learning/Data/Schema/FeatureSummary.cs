namespace Atoll.Learning.Data.Schema;

/// <summary>What a table tells of a column to learn from.</summary>
internal static class FeatureSummary
{
    /// <exception cref="DataException">A cell is infinite, or the column is no property that could be learnt from.</exception>
    public static ColumnSummary Of(UsedRows used, int index)
    {
        string name = used.Table.Columns[index];
        bool categorical = used.Roles.Categorical.Contains(index);
        int present = 0, numbers = 0, commas = 0;
        TableRow? text = null, comma = null;
        foreach (TableRow row in used.Rows)
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
                RequireFinite(row, name, value, cell);
            }
            else
            {
                text ??= row;
                if (Cell.IsNumberWithComma(cell))
                {
                    commas++;
                    comma ??= row;
                }
            }
        }

        if (present == 0)
        {
            throw new DataException($"Column '{name}' of {used.Table.Name} must have values, but all are missing. Add it to ignore.");
        }
        if (text is null && !categorical)
        {
            return new ColumnSummary { Name = name, IsNumeric = true };
        }
        if (comma is { } written && !categorical && 2 * (numbers + commas) >= present)
        {
            throw new DataException(
                $"{written}: '{name}' must be a number with a decimal point and no other sign, but is '{written.Cells[index]}'. Write the file with points, or list '{name}' under categorical.");
        }
        if (text is { } odd && !categorical && 2 * numbers >= present)
        {
            throw new DataException(
                $"{odd}: '{name}' must be a number as in most rows, but is '{odd.Cells[index]}'. Correct it, or list '{name}' under categorical.");
        }

        string[] texts = [.. used.Rows.Select(row => row.Cells[index]).Where(cell => !Cell.IsMissing(cell)).Distinct().Order(StringComparer.Ordinal)];
        return Cell.Levels(texts).Count is > ColumnSummary.MaximumLevels and int count
            ? throw new DataException(
                $"Text column '{name}' of {used.Table.Name} must have at most {ColumnSummary.MaximumLevels} different values to be one-hot encoded, "
                + $"but has {count}. Add it to ignore.")
            : new ColumnSummary { Name = name, IsNumeric = text is null, Levels = texts };
    }

    public static void RequireFinite(TableRow row, string name, double value, string cell)
    {
        if (!float.IsFinite((float)value))
        {
            throw new DataException($"{row}: '{name}' must be a finite number below {float.MaxValue:g2}, but is '{cell}'.");
        }
    }
}

namespace Atoll.Learning.Data.Schema;

/// <summary>What a table tells of the column to predict.</summary>
internal static class LabelSummary
{
    private const int MostGuessedClasses = 20;

    /// <exception cref="DataException">A value is not finite, or not a number although it must be.</exception>
    public static ColumnSummary Of(UsedRows used, LabelTask? task)
    {
        IReadOnlyList<TableRow> rows = used.Rows;
        int column = used.Roles.Label;
        string name = used.Table.Columns[column];
        string[] texts = [.. rows.Select(row => row.Cells[column]).Distinct().Order(StringComparer.Ordinal)];
        bool numeric = texts.All(text => Cell.TryNumber(text, out _));
        foreach (TableRow row in rows)
        {
            if (Cell.TryNumber(row.Cells[column], out double value) && !float.IsFinite((float)value))
            {
                throw new DataException($"{row}: label '{name}' must be finite, but is '{row.Cells[column]}'.");
            }
        }

        if (!numeric && task != LabelTask.Classification)
        {
            TableRow odd = rows.First(row => !Cell.TryNumber(row.Cells[column], out _));
            if (task == LabelTask.Regression)
            {
                throw new DataException($"{odd}: label '{name}' must be a number for regression, but is '{odd.Cells[column]}'.");
            }
            // A row is a value: where there is none, the first has no cells.
            TableRow comma = rows.FirstOrDefault(row => Cell.IsNumberWithComma(row.Cells[column]));
            if (comma.Cells is not null && 2 * rows.Count(row => Cell.IsNumberWithComma(row.Cells[column]) || Cell.TryNumber(row.Cells[column], out _)) >= rows.Count)
            {
                throw new DataException(
                    $"{comma}: label '{name}' must be a number with a decimal point and no other sign, but is '{comma.Cells[column]}'. Write the file with points, or set task: classification.");
            }
            if (2 * rows.Count(row => Cell.TryNumber(row.Cells[column], out _)) >= rows.Count)
            {
                throw new DataException(
                    $"{odd}: label '{name}' must be a number as in most rows, but is '{odd.Cells[column]}'. Correct it, or set task: classification.");
            }
        }
        if (numeric && (task ?? Guess(Cell.Levels(texts))) == LabelTask.Regression)
        {
            return new ColumnSummary { Name = name, IsNumeric = true };
        }
        return Cell.Levels(texts).Count is > ColumnSummary.MaximumLevels and int count
            ? throw new DataException($"Label '{name}' of {used.Table.Name} must have at most {ColumnSummary.MaximumLevels} different values to be classes, but has {count}. "
                + "Choose another label, or set task: regression.")
            : new ColumnSummary { Name = name, IsNumeric = numeric, Levels = texts };
    }

    /// <summary>What a label of numbers is for, where nobody says.</summary>
    public static LabelTask Guess(IReadOnlyList<string> levels) =>
        levels.Count <= MostGuessedClasses && levels.All(level => Cell.TryNumber(level, out double value) && value == Math.Floor(value))
            ? LabelTask.Classification
            : LabelTask.Regression;
}

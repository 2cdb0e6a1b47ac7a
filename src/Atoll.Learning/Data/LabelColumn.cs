namespace Atoll.Learning.Data;

/// <summary>The label as one number a row: a class's index, or the value itself.</summary>
/// <param name="Classes">Sorted by value where all are numbers, else by character code; empty for regression.</param>
internal sealed record LabelColumn(float[] Targets, IReadOnlyList<string> Classes)
{
    private const int MostGuessedClasses = 20;

    /// <exception cref="DataException">A value is not finite, not a number although it must be, or there is one class only.</exception>
    public static LabelColumn Of(Table table, IReadOnlyList<TableRow> rows, int column, LabelTask? task)
    {
        string name = table.Columns[column];
        IReadOnlyList<string> levels = Cell.Levels(rows.Select(row => row.Cells[column]));
        bool numeric = levels.All(level => Cell.TryNumber(level, out _));
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
            if (2 * rows.Count(row => Cell.TryNumber(row.Cells[column], out _)) >= rows.Count)
            {
                throw new DataException(
                    $"{odd}: label '{name}' must be a number as in most rows, but is '{odd.Cells[column]}'. Correct it, or set task: classification.");
            }
        }
        if ((task ?? Guess(levels, numeric)) == LabelTask.Regression)
        {
            return new LabelColumn([.. rows.Select(row => Number(row.Cells[column]))], []);
        }
        if (levels.Count < 2)
        {
            throw new DataException($"Label '{name}' of {table.Name} must have at least two different values, but is '{levels[0]}' in every row.");
        }
        Dictionary<string, int> index = levels.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return new LabelColumn([.. rows.Select(row => (float)index[Cell.Level(row.Cells[column], numeric)])], levels);
    }

    private static float Number(string cell)
    {
        Require.That(Cell.TryNumber(cell, out double value), $"A value to predict must be a number, but is '{cell}'.");
        return (float)value;
    }

    private static LabelTask Guess(IReadOnlyList<string> levels, bool numeric) =>
        !numeric || (levels.Count <= MostGuessedClasses && levels.All(level => Cell.TryNumber(level, out double value) && value == Math.Floor(value)))
            ? LabelTask.Classification
            : LabelTask.Regression;
}

namespace Atoll.Learning.Data;

/// <summary>The rows to keep, by what is missing in them.</summary>
internal static class CompleteRows
{
    /// <exception cref="DataException">A value is missing where it must not be, or no row is left.</exception>
    public static IReadOnlyList<TableRow> Of(Table table, ColumnRoles roles, MissingValues missing)
    {
        int[] used = [.. roles.Used], features = roles.Features;
        List<TableRow> kept = [];
        foreach (TableRow row in table.Rows)
        {
            int at = Array.FindIndex(used, column => Cell.IsMissing(row.Cells[column]));
            bool complete = at < 0;
            int gap = complete ? -1 : used[at];
            if (!complete && missing == MissingValues.Refuse)
            {
                string remedy = features.Contains(gap) ? "Use missing: drop-row or mean, or add the column to ignore." : "Use missing: drop-row.";
                throw new DataException($"{row}: '{table.Columns[gap]}' must have a value, but is '{row.Cells[gap]}'. {remedy}");
            }
            if (!complete && missing == MissingValues.Mean && !features.Contains(gap))
            {
                throw new DataException(
                    $"{row}: '{table.Columns[gap]}' must have a value, because it is no feature of which a mean could be taken, but is '{row.Cells[gap]}'.");
            }
            if (complete || missing == MissingValues.Mean)
            {
                kept.Add(row);
            }
        }
        if (kept.Count == 0)
        {
            int emptiest = used.MaxBy(column => table.Rows.Count(row => Cell.IsMissing(row.Cells[column])));
            throw new DataException(
                $"At least one of the {table.Rows.Count} rows of {table.Name} must have all values, but none has. "
                + $"Add '{table.Columns[emptiest]}', which lacks the most, to ignore.");
        }
        return kept;
    }
}

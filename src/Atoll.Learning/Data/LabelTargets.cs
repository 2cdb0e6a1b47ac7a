using Atoll.Learning.Data.Schema;

namespace Atoll.Learning.Data;

/// <summary>The label as one number a row: a class's index, or the value itself.</summary>
internal static class LabelTargets
{
    /// <exception cref="DataException">A row's label is nothing that the schema knows.</exception>
    public static float[] Of(UsedRows used, DataSchema schema)
    {
        int column = used.Roles.Label;
        if (schema.Classes.Count == 0)
        {
            return [.. used.Rows.Select(row => Number(row, row.Cells[column], schema.Label))];
        }
        Dictionary<string, int> index = schema.Classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        bool numeric = schema.Classes.All(name => Cell.TryNumber(name, out _));
        return [.. used.Rows.Select(row => index.TryGetValue(Cell.Level(row.Cells[column], numeric), out int position) ? (float)position : throw new DataException(
            $"{row}: label '{schema.Label}' must be one of the {schema.Classes.Count} values that the sites agreed on, but is '{row.Cells[column]}'."))];
    }

    private static float Number(TableRow row, string cell, string label) => Cell.TryNumber(cell, out double value) && float.IsFinite((float)value)
        ? (float)value
        : throw new DataException($"{row}: label '{label}' must be a finite number as at all sites, but is '{cell}'.");
}

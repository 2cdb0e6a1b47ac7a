namespace Atoll.Learning.Data;

/// <summary>Rows of text under named columns, as read: every row knows the file and line it came from, for errors.</summary>
public sealed class Table
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <exception cref="DataException">Two columns have one name, or a row has more or fewer cells than there are columns.</exception>
    public Table(string name, IReadOnlyList<string> columns, IReadOnlyList<TableRow> rows)
    {
        (Name, Columns, Rows) = (name, columns, rows);
        for (int i = 0; i < columns.Count; i++)
        {
            if (!_index.TryAdd(columns[i], i))
            {
                throw new DataException($"{name}: column names must differ, but '{columns[i]}' is there twice (columns {_index[columns[i]] + 1} and {i + 1}).");
            }
        }
        foreach (TableRow row in rows)
        {
            if (row.Cells.Length != columns.Count)
            {
                throw new DataException($"{row}: a row must have {columns.Count} cells, one for each column, but this one has {row.Cells.Length}.");
            }
        }
    }

    /// <summary>What to call it in errors: the file, or how many there are.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>The index of a column.</summary>
    /// <param name="setting">The setting that names it, for the error.</param>
    /// <exception cref="DataException">There is none of this name.</exception>
    public int Column(string column, string setting) => _index.TryGetValue(column, out int index) ? index : throw new DataException(
        $"{setting}: {Name} has no column '{column}'{NearestName.Suggestion(column, Columns)} The columns are: {string.Join(", ", Columns)}.");

    /// <summary>The rows of all tables, in order. All must have the same columns; their order may differ.</summary>
    public static Table Append(IReadOnlyList<Table> tables)
    {
        Table first = tables[0];
        if (tables.Count == 1)
        {
            return first;
        }
        List<TableRow> rows = [];
        foreach (Table table in tables)
        {
            int[] order = [.. first.Columns.Select(column => table._index.GetValueOrDefault(column, -1))];
            string? lacking = first.Columns.Except(table.Columns).FirstOrDefault(), extra = table.Columns.Except(first.Columns).FirstOrDefault();
            if (lacking is not null || extra is not null)
            {
                string difference = lacking is not null ? $"lacks '{lacking}'" : $"has '{extra}' besides";
                throw new DataException($"{table.Name} must have the same columns as {first.Name}, but {difference}.");
            }
            rows.AddRange(table.Rows.Select(row => row with { Cells = [.. order.Select(i => row.Cells[i])] }));
        }
        return new Table($"{first.Name} and {tables.Count - 1} more", first.Columns, rows);
    }
}

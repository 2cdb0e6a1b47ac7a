namespace Atoll.Learning.Data.Schema;

/// <summary>What a site tells of its table so that all sites encode theirs alike: which columns hold numbers, which different values the others hold. No row and no statistic.</summary>
public sealed record TableSummary
{
    /// <summary>The features before encoding, in the table's order.</summary>
    public required IReadOnlyList<ColumnSummary> Columns { get; init; }

    public required ColumnSummary Label { get; init; }

    /// <summary>What a table tells, by the same rules by which it is encoded.</summary>
    /// <exception cref="DataException">The table does not fit the settings: the message says where.</exception>
    public static TableSummary Of(Table table, Preparation preparation) => UsedRows.Of(table, preparation).Summarize(preparation.Task);

    /// <summary>Values here that another table has too, but writes otherwise: two values where there may be one.</summary>
    public IEnumerable<LookAlike> LookAlikes(TableSummary other) =>
        from column in Columns.Append(Label)
        join theirs in other.Columns.Append(other.Label) on column.Name equals theirs.Name
        from alike in LookAlike.Between(column, theirs)
        select alike;

    /// <summary>What both tables tell together.</summary>
    /// <param name="other">Of the same columns.</param>
    public TableSummary With(TableSummary other)
    {
        Dictionary<string, ColumnSummary> others = other.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        return new() { Columns = [.. Columns.Select(column => column.With(others[column.Name]))], Label = Label.With(other.Label) };
    }
}

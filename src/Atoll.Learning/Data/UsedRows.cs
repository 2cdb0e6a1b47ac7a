using Atoll.Learning.Data.Schema;

namespace Atoll.Learning.Data;

/// <summary>The rows of a table that are used, and the parts that its columns play.</summary>
internal sealed record UsedRows(Table Table, ColumnRoles Roles, IReadOnlyList<TableRow> Rows)
{
    /// <exception cref="DataException">The settings do not fit the table, or a value is missing where it must not be.</exception>
    public static UsedRows Of(Table table, Preparation preparation)
    {
        ColumnRoles roles = ColumnRoles.Of(table, preparation);
        return new UsedRows(table, roles, CompleteRows.Of(table, roles, preparation.Missing));
    }

    /// <summary>Rows left out because a value was missing.</summary>
    public int Dropped => Table.Rows.Count - Rows.Count;

    /// <exception cref="DataException">A column cannot be what it is asked to be.</exception>
    public TableSummary Summarize(LabelTask? task)
    {
        ColumnSummary label = LabelSummary.Of(this, task);
        return new TableSummary { Label = label, Columns = [.. Roles.Features.Select(column => FeatureSummary.Of(this, column))] };
    }

    /// <summary>Which rows are for testing; null where no column says so.</summary>
    /// <exception cref="DataException">The column says something else.</exception>
    public bool[]? IsTest() => Roles.Split < 0 ? null : [.. Rows.Select(row => row.Cells[Roles.Split] switch
    {
        "train" => false,
        "test" => true,
        string other => throw new DataException($"{row}: split column '{Table.Columns[Roles.Split]}' must be 'train' or 'test', but is '{other}'."),
    })];
}

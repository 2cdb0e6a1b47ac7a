using Atoll.Learning.Data.Schema;

namespace Atoll.Learning.Data;

/// <summary>The features as numbers, row after row; NaN where a value is missing.</summary>
/// <param name="Names">One a column; a one-hot column is called <c>column=value</c>.</param>
internal sealed record FeatureMatrix(IReadOnlyList<string> Names, double[] Values)
{
    public int Columns => Names.Count;

    /// <exception cref="DataException">The rows hold something that the schema does not know.</exception>
    public static FeatureMatrix Of(UsedRows used, DataSchema schema)
    {
        FeatureEncoding[] columns = Encodings(used, schema);
        IReadOnlyList<string> names = schema.FeatureNames();
        double[] values = new double[(long)used.Rows.Count * names.Count];
        for (int row = 0; row < used.Rows.Count; row++)
        {
            int at = row * names.Count;
            foreach (FeatureEncoding column in columns)
            {
                column.Write(used.Rows[row], values.AsSpan(at, column.Width));
                at += column.Width;
            }
        }
        return new FeatureMatrix(names, values);
    }

    private static FeatureEncoding[] Encodings(UsedRows used, DataSchema schema)
    {
        Dictionary<string, int> own = used.Roles.Features.ToDictionary(column => used.Table.Columns[column], StringComparer.Ordinal);
        string? lacking = schema.Columns.FirstOrDefault(column => !own.ContainsKey(column.Name))?.Name;
        string? extra = own.Keys.Except(schema.Columns.Select(column => column.Name)).FirstOrDefault();
        return lacking is null && extra is null
            ? [.. schema.Columns.Select(column => new FeatureEncoding(own[column.Name], column, schema.DropFirst))]
            : throw new DataException($"{used.Table.Name} must have the columns that the sites agreed on, but {(lacking is not null ? $"lacks '{lacking}'" : $"has '{extra}' besides")}.");
    }
}

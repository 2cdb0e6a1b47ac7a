namespace Atoll.Learning.Data;

/// <summary>Which column of a table plays which part.</summary>
/// <param name="Site">−1: none.</param>
/// <param name="Split">−1: none.</param>
internal sealed record ColumnRoles(int Label, int Site, int Split, int[] Features, IReadOnlySet<int> Categorical)
{
    /// <summary>All columns in which a value must not be missing.</summary>
    public IEnumerable<int> Used => new[] { Label, Site, Split }.Where(column => column >= 0).Concat(Features);

    /// <exception cref="DataException">A column is not there, or is asked to play two parts.</exception>
    public static ColumnRoles Of(Table table, Preparation preparation)
    {
        if (preparation.Label is null)
        {
            throw new DataException($"label must name the column of {table.Name} to predict. The columns are: {string.Join(", ", table.Columns)}.");
        }
        if (preparation.Features is not null && preparation.Ignore is not null)
        {
            throw new DataException("Either features or ignore may be given, but both were.");
        }
        if (preparation.Split is not null && preparation.TestFraction is not null)
        {
            throw new DataException("Either split or test-fraction may be given, but both were.");
        }

        int label = table.Column(preparation.Label, "label"), site = -1, split = -1;
        Dictionary<int, string> parts = new() { [label] = "label" };
        if (preparation.Site is not null)
        {
            Claim(parts, site = table.Column(preparation.Site, "site"), "site", table);
        }
        if (preparation.Split is not null)
        {
            Claim(parts, split = table.Column(preparation.Split, "split"), "split", table);
        }

        int[] features = preparation.Features is null ? Others(table, preparation.Ignore ?? [], parts) : Named(table, preparation.Features, parts);
        if (features.Length == 0)
        {
            string others = string.Join(", ", parts.Values.Except(["ignore"]));
            throw new DataException($"{table.Name} must have at least one column to learn from besides {others}, but none is left.");
        }

        HashSet<int> categorical = [];
        foreach (string column in preparation.Categorical ?? [])
        {
            int index = table.Column(column, "categorical");
            if (!features.Contains(index))
            {
                bool leftOut = !parts.TryGetValue(index, out string? part) || part == "ignore";
                throw new DataException($"categorical: '{column}' must be one of the features, but is {(leftOut ? "left out" : $"the {part}")}.");
            }
            categorical.Add(index);
        }
        return new ColumnRoles(label, site, split, features, categorical);
    }

    private static int[] Others(Table table, IReadOnlyList<string> ignore, Dictionary<int, string> parts)
    {
        foreach (string column in ignore)
        {
            Claim(parts, table.Column(column, "ignore"), "ignore", table);
        }
        return [.. Enumerable.Range(0, table.Columns.Count).Where(column => !parts.ContainsKey(column))];
    }

    private static int[] Named(Table table, IReadOnlyList<string> features, Dictionary<int, string> parts)
    {
        int[] columns = [.. features.Select(name => table.Column(name, "features"))];
        foreach (int column in columns)
        {
            Claim(parts, column, "features", table);
        }
        return columns;
    }

    private static void Claim(Dictionary<int, string> parts, int column, string part, Table table)
    {
        if (!parts.TryAdd(column, part))
        {
            string already = parts[column] == part ? "named there" : $"the {parts[column]}";
            throw new DataException($"{part}: column '{table.Columns[column]}' can play one part only, but is already {already}.");
        }
    }
}

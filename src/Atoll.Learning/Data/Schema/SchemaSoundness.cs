namespace Atoll.Learning.Data.Schema;

/// <summary>Whether a schema that came from elsewhere is one, and the one that was asked for.</summary>
internal static class SchemaSoundness
{
    /// <exception cref="DataException">It is not.</exception>
    public static void Require(DataSchema schema, Preparation preparation, bool isImages)
    {
        if (schema.Label != preparation.Label)
        {
            throw new DataException($"The schema must be for label '{preparation.Label}', but is for '{schema.Label}'.");
        }
        if (schema.DropFirst != preparation.DropFirst)
        {
            throw new DataException($"The schema must have drop-first {preparation.DropFirst}, but has {schema.DropFirst}.");
        }
        if (Twice(schema.Columns.Select(column => column.Name)) is { } column)
        {
            throw new DataException($"The schema must name a column once, but names '{column}' twice.");
        }
        if (schema.Columns.FirstOrDefault(c => Twice(c.Levels ?? []) is not null) is { } odd)
        {
            throw new DataException($"The schema must name a value of '{odd.Name}' once, but names '{Twice(odd.Levels!)}' twice.");
        }
        if (schema.Columns.FirstOrDefault(c => c.Levels is { Count: 0 }) is { } empty)
        {
            throw new DataException($"The schema must name at least one value of '{empty.Name}', but names none.");
        }
        if (Twice(schema.Classes) is { } name)
        {
            throw new DataException($"The schema must name a class once, but names '{name}' twice.");
        }
        bool fits = isImages ? schema.Shape is [> 0, > 0, > 0] extents && extents.Aggregate(1L, (size, extent) => size * extent) == schema.Columns.Count && schema.Columns.All(c => c.Levels is null)
            : schema.Shape is null;
        if (!fits)
        {
            throw new DataException(isImages ? $"The schema must be of images whose extents give its {schema.Columns.Count} columns, but has the extents [{string.Join(", ", schema.Shape ?? [])}]."
                : $"The schema must be of a table, but has the extents [{string.Join(", ", schema.Shape!)}] of an image.");
        }
        if (schema.FeatureNames().Count == 0)
        {
            throw new DataException("The schema must have at least one feature, but has none.");
        }
    }

    private static string? Twice(IEnumerable<string> names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }
}

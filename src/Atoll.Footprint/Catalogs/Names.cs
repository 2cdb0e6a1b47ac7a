namespace Atoll.Footprint.Catalogs;

/// <summary>How entries are found by name.</summary>
internal static class Names
{
    /// <summary>Whatever the case, spaces, hyphens and underscores: <c>RTX 4090</c> is <c>rtx-4090</c>.</summary>
    public static bool Same(string a, string b) => Key(a) == Key(b);

    /// <summary>Equal for names that are the same.</summary>
    public static string Key(string name) => string.Concat(name.Where(c => c is not (' ' or '-' or '_'))).ToUpperInvariant();

    /// <param name="names">Of an entry: its own name first, then others that it goes by.</param>
    /// <param name="list">The command that lists them all, where there is one.</param>
    /// <exception cref="CatalogException">There is none.</exception>
    public static T Find<T>(IReadOnlyList<T> entries, string name, string what, string? list, Func<T, IReadOnlyList<string>> names) =>
        FindAll(entries, name, what, list, names)[0];

    /// <summary>Every entry of a name, of which there is at least one. A name of its own goes before what another is also called.</summary>
    /// <exception cref="CatalogException">There is none.</exception>
    public static IReadOnlyList<T> FindAll<T>(IReadOnlyList<T> entries, string name, string what, string? list, Func<T, IReadOnlyList<string>> names)
    {
        T[] named = All(entries, name, names);
        return named.Length > 0 ? named : throw new CatalogException(Unknown(name, what, list, [.. entries.SelectMany(names)], [.. entries.Select(e => names(e)[0])]));
    }

    public static T? FindOrNull<T>(IReadOnlyList<T> entries, string name, Func<T, IReadOnlyList<string>> names) where T : class => All(entries, name, names).FirstOrDefault();

    private static T[] All<T>(IReadOnlyList<T> entries, string name, Func<T, IReadOnlyList<string>> names)
    {
        // What goes by another's name is one thing, whose own name finds its other entries.
        string known = entries.Any(e => Same(names(e)[0], name)) ? name : entries.Where(e => names(e).Skip(1).Any(other => Same(other, name))).Select(e => names(e)[0]).FirstOrDefault(name);
        return [.. entries.Where(e => Same(names(e)[0], known))];
    }

    private static string Unknown(string name, string what, string? list, IReadOnlyList<string> all, IReadOnlyList<string> own)
    {
        const int FewEnough = 16;
        string[] distinct = [.. own.Distinct(StringComparer.OrdinalIgnoreCase)];
        string known = distinct.Length <= FewEnough ? $" Must be one of {string.Join(", ", distinct)}." : list is null ? "" : $" All of them: {list}.";
        return $"There is no {what} '{name}' in the catalog{NearestName.Suggestion(name, all)}{known}";
    }
}

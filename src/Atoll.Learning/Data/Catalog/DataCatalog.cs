namespace Atoll.Learning.Data.Catalog;

/// <summary>The data sets that Atoll knows.</summary>
public static class DataCatalog
{
    public static IReadOnlyList<CatalogEntry> Entries { get; } = [Digits.Entry, BreastCancer.Entry, HeartDisease.Entry, Mnist.Digits, Mnist.Fashion];

    /// <exception cref="DataException">There is none of this name.</exception>
    public static CatalogEntry Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name)
        ?? throw new DataException($"The catalog has no data set '{name}'{NearestName.Suggestion(name, Names)} It has: {string.Join(", ", Names)}.");

    private static IEnumerable<string> Names => Entries.Select(entry => entry.Name);
}

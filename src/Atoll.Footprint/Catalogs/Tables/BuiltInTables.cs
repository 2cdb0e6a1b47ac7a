using System.Reflection;

namespace Atoll.Footprint.Catalogs.Tables;

/// <summary>The tables inside this assembly.</summary>
internal static class BuiltInTables
{
    public static Catalog Read()
    {
        Assembly assembly = typeof(BuiltInTables).Assembly;
        Catalog catalog = new();
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".csv", StringComparison.Ordinal)))
        {
            using Stream table = assembly.GetManifestResourceStream(name)!;
            catalog = CatalogFile.Put(catalog, table, name);
        }
        return catalog;
    }
}

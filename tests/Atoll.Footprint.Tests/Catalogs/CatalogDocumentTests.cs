using System.Text.RegularExpressions;
using Atoll.Footprint.Catalogs;
using Atoll.Footprint.Catalogs.Tables;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Catalogs;

/// <summary>What docs/catalogs.md says, held against the code.</summary>
public sealed class CatalogDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Root(), "docs", "catalogs.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Its_example_is_a_catalog_file()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, Regex.Match(Text, "```csv\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);
        try
        {
            Catalog catalog = Catalog.BuiltIn.With(file);

            catalog.HardwareNamed("h100").Price!.Value.Value.ShouldBe(2.1);
            catalog.HardwareNamed("Ward computer").Power.High.In(Power.Watt).ShouldBe(15);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void It_names_every_table_and_column() =>
        CatalogTable.All.SelectMany(t => t.Columns).Distinct().ShouldAllBe(column => Text.Contains($"`{column}`"));

    [Fact]
    public void It_names_every_factor_set() => Catalog.BuiltIn.Grids.Select(g => g.FactorSet).Distinct().ShouldAllBe(set => Text.Contains($"`{set}`"));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atoll.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has Atoll.slnx.");
    }
}

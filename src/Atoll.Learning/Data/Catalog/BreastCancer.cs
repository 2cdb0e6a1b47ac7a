namespace Atoll.Learning.Data.Catalog;

/// <summary>Wisconsin diagnostic breast cancer.</summary>
internal static class BreastCancer
{
    public static CatalogEntry Entry { get; } = new()
    {
        Name = "breast-cancer",
        Title = "Breast cancer Wisconsin (diagnostic)",
        Description = "Thirty measures of cell nuclei in an image of a fine needle aspirate of a breast mass, "
            + "with the diagnosis to predict: benign or malignant.",
        Licence = "CC BY 4.0",
        Citation =
            "W. Wolberg, O. Mangasarian, N. Street, W. Street (1995), Breast Cancer Wisconsin (Diagnostic), "
            + "UCI Machine Learning Repository, doi:10.24432/C5DW2B",
        Rows = 569,
        Size = "569 × 30 columns, 2 classes",
        Layout = new CatalogLayout { Label = "diagnosis" },
        Files =
        [
            new CatalogFile("breast_cancer.csv", 121385, "75a1d74a59df9cb0a78ecc0a36085bf8a85239557f178d3b8d758e88b26416e1",
                [new NpmPackage("scikitjs", "1.24.0", "package/docs/static/data/breast_cancer.csv")]),
        ],
        Read = files => Read(CsvFile.Read(new MemoryStream(files[0]()), "breast_cancer.csv")),
    };

    private static CatalogData Read(Table table)
    {
        int target = table.Column("target", "label");
        string[] columns = [.. table.Columns.Select((column, i) => i == target ? "diagnosis" : column.Replace(' ', '-'))];
        TableRow[] rows = [.. table.Rows.Select(row => row with { Cells = [.. row.Cells.Select((cell, i) => i == target ? Diagnosis(cell) : cell)] })];
        return new CatalogData { Table = new Table("breast-cancer", columns, rows) };
    }

    private static string Diagnosis(string target) => target == "0" ? "malignant" : "benign";
}

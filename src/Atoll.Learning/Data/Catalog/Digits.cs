namespace Atoll.Learning.Data.Catalog;

/// <summary>UCI handwritten digits, which come with the program.</summary>
internal static class Digits
{
    private const int Side = 8, Largest = 16;

    private static readonly string[] Names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    public static CatalogEntry Entry { get; } = new()
    {
        Name = "digits",
        Title = "Optical recognition of handwritten digits",
        Description = "Images of handwritten digits, 8 × 8 counts of set pixels scaled from 0–16 to [0, 1], with the digit to predict.",
        Licence = "CC BY 4.0",
        Citation = "E. Alpaydin, C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, doi:10.24432/C50P49",
        Rows = 1797,
        Size = "1,797 × 8 × 8 pixels, 10 classes",
        Layout = new CatalogLayout { Sample = new Shape(Side, Side, 1), Classes = Names },
        Files = [new CatalogFile("digits.csv", 265358, "592cc047d0a1cc7fdef9fd724514209dcb45a80aa147dc3ab375e3e1a9a380f4", [new ShippedFile("digits.csv")])],
        Read = files => Read(CsvFile.Read(new MemoryStream(files[0]()), "digits.csv")),
    };

    private static CatalogData Read(Table table)
    {
        float[] pixels = [.. table.Rows.SelectMany(row => row.Cells.Take(Side * Side), (_, cell) => Number(cell) / Largest)];
        float[] labels = [.. table.Rows.Select(row => Number(row.Cells[Side * Side]))];
        return new CatalogData { Images = new Dataset(new Shape(Side, Side, 1), pixels, labels, Names) };
    }

    private static float Number(string cell) => int.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
}

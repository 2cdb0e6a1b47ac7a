namespace Atoll.Learning.Data.Catalog;

/// <summary>UCI heart disease: four hospitals, each with its own file.</summary>
internal static class HeartDisease
{
    private static readonly string[] Columns =
        ["age", "sex", "cp", "trestbps", "chol", "fbs", "restecg", "thalach", "exang", "oldpeak", "slope", "ca", "thal", "num"];

    private static readonly string[] Centers = ["Cleveland", "Hungary", "Switzerland", "Long Beach"];

    // Fed-Heart-Disease's fixed split (FLamby, du Terrail et al., 2022, https://arxiv.org/abs/2210.04620): for each center's rows that are complete
    // without slope, ca and thal, in file order, one bit: 1 for testing. It is scikit-learn's train_test_split with test share 0.34 and
    // random_state 43, stratified where each class has more than two rows (not in Switzerland).
    private static readonly string[] TestBits =
    [
        "040480a020b3c59dc48a03b505c0481087c001ac9430180a847015a598491260f8e2001cebe4",
        "1100847cb841d42c88700d510093869198d144134848122f693a0411802910ba30",
        "07863a8c80c0",
        "464800245b65020eb85b04886003a74580",
    ];

    public static CatalogEntry Entry { get; } = new()
    {
        Name = "heart-disease",
        Title = "Heart disease in four hospitals",
        Description =
            "Patients referred for coronary angiography, with whether they have heart disease to predict (disease: 0 or 1). "
            + "A natural split by hospital (center). "
            + "Columns: age, sex, cp (chest pain, kinds 1–4), trestbps (resting blood pressure), chol, fbs (fasting blood sugar > 120 mg/dl), "
            + "restecg (kinds 0–2), thalach (highest heart rate), "
            + "exang (angina on exercise), oldpeak (ST depression), slope (kinds 1–3), ca (major vessels), thal (kinds 3, 6, 7). "
            + "slope, ca and thal are mostly missing outside Cleveland: without them, "
            + "and without rows that still lack a value, 740 remain (303, 261, 46, 130). "
            + "Column split holds the train/test split of Fed-Heart-Disease (FLamby, 2022), used unless a test-fraction is asked for.",
        Licence = "CC BY 4.0",
        Citation = "A. Janosi, W. Steinbrunn, M. Pfisterer, R. Detrano (1988), Heart Disease, UCI Machine Learning Repository, doi:10.24432/C52P4X",
        Rows = 920,
        Size = "920 × 13 columns, 2 classes, 4 sites",
        Layout = new CatalogLayout { Label = "disease", Site = "center", Sites = Centers, Split = "split", Categorical = ["cp", "restecg", "slope", "thal"] },
        Files =
        [
            File("cleveland", 18461, "a74b7efa387bc9d108d7d0115d831fe9b414b29ae7124f331b622b4efa0427c8"),
            File("hungarian", 10263, "d1ad108f785768cd3d7e82dc522e6f5a61eea93cccfb3a46ee8076f73fc3d796"),
            File("switzerland", 4109, "834a405ccf5b66ab4056bb77794adc8df0b7125186454c0a1d002d33c6c3b314"),
            File("va", 6737, "e7c93d8d0d2acdadfa4c5e8de768e2191e7f618b952e29623f1f0d5949ff6b8f"),
        ],
        Read = Read,
    };

    private static CatalogFile File(string center, long bytes, string sha256) => new($"processed.{center}.data", bytes, sha256,
    [
        new WebFile(new Uri($"https://archive.ics.uci.edu/ml/machine-learning-databases/heart-disease/processed.{center}.data")),
        new WebArchive(new Uri("https://archive.ics.uci.edu/static/public/45/heart+disease.zip"), $"processed.{center}.data"),
    ]);

    private static CatalogData Read(IReadOnlyList<Func<byte[]>> files)
    {
        List<TableRow> rows = [];
        for (int center = 0; center < files.Count; center++)
        {
            int complete = 0;
            foreach (TableRow row in CsvFile.Read(new MemoryStream(files[center]()), Entry.Files[center].Name, Columns).Rows)
            {
                string disease = row.Cells[^1] == "0" ? "0" : "1";
                rows.Add(row with { Cells = [.. row.Cells.AsSpan(..^1), disease, Centers[center], IsTest(row, center, ref complete) ? "test" : "train"] });
            }
        }
        return new CatalogData { Table = new Table("heart-disease", [.. Columns.AsSpan(..^1), "disease", "center", "split"], rows) };
    }

    /// <summary>Rows that the published set-up leaves out, as they lack a value, train.</summary>
    private static bool IsTest(TableRow row, int center, ref int complete)
    {
        if (row.Cells[..10].Any(Cell.IsMissing))
        {
            return false;
        }
        int bit = complete++;
        return (Convert.FromHexString(TestBits[center])[bit / 8] >> (7 - bit % 8) & 1) == 1;
    }
}

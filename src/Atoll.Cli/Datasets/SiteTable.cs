using Atoll.Dashboard.Figures;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Datasets;

/// <summary>What each site holds, one line a site.</summary>
internal static class SiteTable
{
    private const int BarLength = 20, MostColumns = 40;
    private const string Levels = " ▁▂▃▄▅▆▇█";

    /// <param name="withCounts">Whether the rows of each label are counted out, where there is room, beside the picture of them.</param>
    public static FittedTable Of(DataFacts data, bool withCounts)
    {
        IReadOnlyList<SiteFacts> sites = data.Sites;
        FittedTable table = new FittedTable()
            .Add("site", sites.Select(s => s.Name), isText: true)
            .Add("train", sites.Select(s => Figure.Count(s.TrainRows)))
            .Add("test", sites.Select(s => Figure.Count(s.TestRows)));
        if (withCounts)
        {
            int most = sites.Max(Rows);
            table.Add("rows", sites.Select(s => Bar(Rows(s), most)), importance: 2, isText: true);
        }
        if (data.Classes.Count is > 0 and <= MostColumns)
        {
            table.Add("labels", sites.Select(s => Histogram(data, s)), importance: 3, isText: true);
            if (withCounts)
            {
                foreach (string label in data.Classes)
                {
                    table.Add(label, sites.Select(s => Figure.Count(s.Labels.GetValueOrDefault(label))), importance: 1);
                }
            }
        }
        return table;
    }

    /// <summary>What the column of pictures shows.</summary>
    public static string? Legend(DataFacts data) => data.Classes.Count is > 0 and <= MostColumns
        ? $"labels: {string.Join(", ", data.Classes)}, each against the site's most frequent"
        : null;

    /// <summary>All of it in a line: <c>1,797 rows (1,438 to train, 359 to test), 64 features, 10 classes, 10 sites</c>.</summary>
    public static string Summary(DataFacts data)
    {
        int train = data.Sites.Sum(s => s.TrainRows), test = data.Sites.Sum(s => s.TestRows);
        string what = data.Task == "regression" ? "values to predict" : Counted.Of(data.Classes.Count, "class", "classes");
        string dropped = data.DroppedRows > 0 ? $"; {Counted.Of(data.DroppedRows, "row")} left out because a value was missing" : "";
        return $"{Counted.Of(train + test, "row")} ({Figure.Count(train)} to train, {Figure.Count(test)} to test), {Counted.Of(data.Features, "feature")}, {what}, "
            + $"{Counted.Of(data.Sites.Count, "site")}{dropped}";
    }

    /// <summary>Many sites in a line: their smallest, middle and largest numbers of rows.</summary>
    public static string Spread(DataFacts data)
    {
        int[] rows = [.. data.Sites.Select(s => s.TrainRows).Order()];
        return $"Rows to train on at a site: {Figure.Count(rows[0])} at least, {Figure.Count(rows[rows.Length / 2])} at the middle one, {Figure.Count(rows[^1])} at most";
    }

    private static int Rows(SiteFacts site) => site.TrainRows + site.TestRows;

    private static string Bar(int rows, int most) => new('█', most == 0 ? 0 : (int)Math.Ceiling((double)rows * BarLength / most));

    /// <summary>One character a class, its height the class's share of the site's own rows; a class with any row is never blank.</summary>
    private static string Histogram(DataFacts data, SiteFacts site)
    {
        int most = data.Classes.Max(c => site.Labels.GetValueOrDefault(c));
        return string.Concat(data.Classes.Select(c =>
            Levels[most == 0 ? 0 : (int)Math.Ceiling((double)site.Labels.GetValueOrDefault(c) * (Levels.Length - 1) / most)]));
    }
}

using Atoll.Learning.Partitioning;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Data;

/// <summary>Decides whose rows are whose, and which are for testing.</summary>
internal static class SiteAssignment
{
    public const double DefaultTestFraction = 0.2;

    /// <summary>Sites that the data names.</summary>
    /// <param name="site">The site of each row; sites stand in the order in which they first appear.</param>
    /// <param name="isTest">Whether each row is for testing; null: a fraction is drawn.</param>
    public static IReadOnlyList<SiteRows> Natural(
        IReadOnlyList<string> site, bool[]? isTest, ReadOnlySpan<float> targets, int classes, double? testFraction, ulong seed)
    {
        Dictionary<string, List<int>> rows = new(StringComparer.Ordinal);
        List<string> names = [];
        for (int row = 0; row < site.Count; row++)
        {
            if (!rows.TryGetValue(site[row], out List<int>? own))
            {
                rows[site[row]] = own = [];
                names.Add(site[row]);
            }
            own.Add(row);
        }

        List<SiteRows> sites = [];
        foreach (string name in names)
        {
            sites.Add(One(name, sites.Count, [.. rows[name]], isTest, targets, classes, testFraction, seed));
        }
        return sites;
    }

    /// <summary>One site's rows to train and to test on, the same whether its rows lie among others' or alone.</summary>
    /// <param name="index">The site's place among all sites: its rows are drawn by it.</param>
    /// <param name="own">The site's rows, ascending.</param>
    /// <param name="isTest">Whether each row is for testing; null: a fraction is drawn.</param>
    public static SiteRows One(string name, int index, int[] own, bool[]? isTest, ReadOnlySpan<float> targets, int classes, double? testFraction, ulong seed)
    {
        (int[] train, int[] test) = isTest is null
            ? TestRows.Split(own, targets, classes, testFraction ?? DefaultTestFraction, new Philox(seed, Purpose.Split, index))
            : ([.. own.Where(row => !isTest[row])], [.. own.Where(row => isTest[row])]);
        return train.Length > 0 ? new SiteRows(name, train, test)
            : throw OnlyTests(name, own.Length);
    }

    public static DataException OnlyTests(string site, int rows) => new($"Site '{site}' must have training rows, but all its {rows} rows are for testing.");

    public static DataException OneClass(string site, int rows, string only) => new(
        $"Site '{site}' must have training rows of at least two classes, but all its {rows} are '{only}'. "
        + "Give it more rows, leave it out, or set one-class-sites: allow.");

    /// <summary>
    /// Virtual sites. Rows with a fixed split: the training rows are partitioned and the test rows follow them; else each site's rows are split.
    /// </summary>
    public static IReadOnlyList<SiteRows> Virtual(
        IPartition partition, bool[]? isTest, ReadOnlySpan<float> targets, int classes, double? testFraction, ulong seed)
    {
        List<int> rows = [], tests = [];
        for (int row = 0; row < targets.Length; row++)
        {
            (isTest is not null && isTest[row] ? tests : rows).Add(row);
        }
        float[] own = new float[rows.Count];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = targets[rows[i]];
        }

        int[] assigned = partition.Assign(own, classes, new Philox(seed, Purpose.Partition));
        List<int>[] members = [.. Enumerable.Range(0, partition.Sites).Select(_ => new List<int>())];
        for (int i = 0; i < assigned.Length; i++)
        {
            members[assigned[i]].Add(rows[i]);
        }

        int[][] train = [.. members.Select(m => m.ToArray())], test = [.. train.Select(_ => Array.Empty<int>())];
        if (isTest is not null)
        {
            test = TestRows.Spread([.. tests], train, targets, classes, new Philox(seed, Purpose.Split));
        }
        else
        {
            double fraction = testFraction ?? DefaultTestFraction;
            for (int site = 0; site < train.Length; site++)
            {
                (train[site], test[site]) = TestRows.Split(train[site], targets, classes, fraction, new Philox(seed, Purpose.Split, site));
            }
        }

        IReadOnlyList<string> names = SiteNames.Virtual(partition.Sites);
        return [.. train.Select((own, site) => new SiteRows(names[site], own, test[site]))];
    }

    /// <exception cref="DataException">A site's training rows are all of one class.</exception>
    public static void RequireTwoClasses(IReadOnlyList<SiteRows> sites, ReadOnlySpan<float> targets, IReadOnlyList<string> classes)
    {
        foreach (SiteRows site in sites)
        {
            float first = targets[site.Train[0]];
            bool one = true;
            foreach (int row in site.Train)
            {
                one &= targets[row] == first;
            }
            if (one)
            {
                throw OneClass(site.Name, site.Train.Length, classes[(int)first]);
            }
        }
    }
}

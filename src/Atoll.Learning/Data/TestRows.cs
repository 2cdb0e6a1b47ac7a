using Atoll.Learning.Partitioning;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Data;

/// <summary>Which rows are kept for testing.</summary>
internal static class TestRows
{
    /// <summary>
    /// Splits one site's rows: ⌈fraction · rows⌉ for testing (but never all), each label in proportion. A label's only row stays in training.
    /// Both parts keep the order of the rows.
    /// </summary>
    public static (int[] Train, int[] Test) Split(int[] rows, ReadOnlySpan<float> targets, int classes, double fraction, Philox random)
    {
        // In decimal, because 0.2 · 35 is not 7 in binary.
        int tests = Math.Min((int)Math.Ceiling((decimal)fraction * rows.Length), rows.Length - 1);
        float[] own = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            own[i] = classes == 0 ? 0 : targets[rows[i]];
        }

        int[][] strata = Rows.ByLabel(own, Math.Max(1, classes));
        int[] sizes = [.. strata.Select(stratum => stratum.Length)];
        int[] take = Apportionment.Of(tests, sizes, [.. sizes.Select(size => size - 1)]);
        bool[] test = new bool[rows.Length];
        for (int stratum = 0; stratum < strata.Length; stratum++)
        {
            random.Permute(strata[stratum].AsSpan());
            foreach (int i in strata[stratum].AsSpan(0, take[stratum]))
            {
                test[i] = true;
            }
        }
        return ([.. rows.Where((_, i) => !test[i])], [.. rows.Where((_, i) => test[i])]);
    }

    /// <summary>
    /// Spreads test rows over sites whose training rows are known, each row to one site: every label in proportion to the sites' own training rows of
    /// that label (or to all their training rows, where none has it).
    /// </summary>
    public static int[][] Spread(ReadOnlySpan<int> tests, IReadOnlyList<int[]> train, ReadOnlySpan<float> targets, int classes, Philox random)
    {
        int strata = Math.Max(1, classes);
        int[][] counts = [.. Enumerable.Range(0, strata).Select(_ => new int[train.Count])];
        for (int site = 0; site < train.Count; site++)
        {
            foreach (int row in train[site])
            {
                counts[classes == 0 ? 0 : (int)targets[row]][site]++;
            }
        }

        float[] own = new float[tests.Length];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = classes == 0 ? 0 : targets[tests[i]];
        }
        int[][] byLabel = Rows.ByLabel(own, strata);
        List<int>[] dealt = [.. train.Select(_ => new List<int>())];
        for (int label = 0; label < strata; label++)
        {
            random.Permute(byLabel[label].AsSpan());
            int[] weights = counts[label].Any(count => count > 0) ? counts[label] : [.. train.Select(rows => rows.Length)];
            int[] shares = Apportionment.Of(byLabel[label].Length, weights);
            for (int site = 0, next = 0; site < shares.Length; site++)
            {
                for (int k = 0; k < shares[site]; k++)
                {
                    dealt[site].Add(tests[byLabel[label][next++]]);
                }
            }
        }
        foreach (List<int> rows in dealt)
        {
            rows.Sort();
        }
        return [.. dealt.Select(rows => rows.ToArray())];
    }
}

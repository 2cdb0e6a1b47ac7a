namespace Atoll.Footprint.Grids.Shifting;

/// <summary>A job in one piece at each place where it fits.</summary>
internal static class Pieces
{
    /// <summary>The sum of intensities over [i, i + j) for each whole i with i + j ≤ n, by prefix sums.</summary>
    public static double[] Of(ReadOnlySpan<double> intensities, double jobSteps)
    {
        int whole = (int)Math.Floor(jobSteps), n = intensities.Length;
        double share = jobSteps - whole;
        double[] before = new double[n + 1];
        for (int i = 0; i < n; i++)
        {
            before[i + 1] = before[i] + intensities[i];
        }
        double[] sums = new double[(int)Math.Floor(n - jobSteps) + 1];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = before[i + whole] - before[i] + (share > 0 ? share * intensities[i + whole] : 0);
        }
        return sums;
    }

    /// <summary>The least of [i, i + s] for each i, cut at the end: a queue of the places that can still become the least, ascending.</summary>
    public static double[] Least(double[] sums, double slackSteps)
    {
        int reach = (int)Math.Min(Math.Floor(slackSteps), sums.Length), head = 0, tail = 0;
        int[] queue = new int[sums.Length];
        double[] least = new double[sums.Length];
        for (int start = 0, next = 0; start < sums.Length; start++)
        {
            for (; next <= Math.Min(start + reach, sums.Length - 1); next++)
            {
                while (tail > head && sums[queue[tail - 1]] >= sums[next])
                {
                    tail--;
                }
                queue[tail++] = next;
            }
            least[start] = sums[queue[head]];
            head += queue[head] == start ? 1 : 0;
        }
        return least;
    }
}

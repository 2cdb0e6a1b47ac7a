using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Learning.Randomness;

namespace Atoll.Benchmarks.Work;

/// <summary>Numbers to work on: the same in every run. What they are does not matter, that they are neither zero nor denormal does.</summary>
internal static class Draw
{
    private const int Classes = 10;

    public static float[] Numbers(int count)
    {
        Philox random = new(1, Purpose.FeatureNoise);
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }
        return numbers;
    }

    /// <summary>Sites of equally many rows that are shared with no other site, of ten classes.</summary>
    public static SitedDataset Sites(Shape sample, int sites, int rowsPerSite)
    {
        int rows = sites * rowsPerSite;
        Dataset data = new(sample, Numbers(rows * sample.Size), [.. Enumerable.Range(0, rows).Select(row => (float)(row % Classes))], [.. Enumerable.Range(0, Classes).Select(c => $"{c}")]);
        return new SitedDataset(data, [.. Enumerable.Range(0, sites).Select(site => new SiteRows($"{site}", [.. Enumerable.Range(site * rowsPerSite, rowsPerSite)], []))]);
    }
}

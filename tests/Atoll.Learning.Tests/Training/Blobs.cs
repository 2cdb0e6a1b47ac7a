using Atoll.Learning.Data;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Training;

/// <summary>Small data sets that can be learned: each class around its own centre.</summary>
internal static class Blobs
{
    public static Dataset Of(Shape sample, int rows, int classes)
    {
        float[] features = Draw.Numbers(rows * sample.Size, 61), centres = Draw.Numbers(classes * sample.Size, 62, 2);
        for (int i = 0; i < features.Length; i++)
        {
            (int row, int at) = Math.DivRem(i, sample.Size);
            features[i] += centres[row % classes * sample.Size + at];
        }
        return new Dataset(sample, features, [.. Enumerable.Range(0, rows).Select(row => (float)(row % classes))], [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
    }

    public static int[] All(this Dataset data) => [.. Enumerable.Range(0, data.Rows)];
}

namespace Atoll.Learning.Data;

/// <summary>Rows ready to train on: numbers only, row after row, with one target a row.</summary>
/// <remarks>Rows are shared, never copied: a site is a list of row numbers (<see cref="SiteRows"/>).</remarks>
public sealed class Dataset
{
    /// <param name="features">Row after row, <c>rows × sample.Size</c> numbers.</param>
    /// <param name="targets">One a row: the class's index, or the value to predict.</param>
    public Dataset(Shape sample, float[] features, float[] targets, IReadOnlyList<string> classes)
    {
        Require.That(features.LongLength == (long)targets.Length * sample.Size,
            $"A data set of {targets.Length} rows of shape {sample} needs {(long)targets.Length * sample.Size} numbers, but got {features.LongLength}.");
        (Sample, Features, Targets, Classes) = (sample, features, targets, classes);
    }

    public Shape Sample { get; }

    public float[] Features { get; }

    public float[] Targets { get; }

    /// <summary>The labels' names in the order of their indices; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    public bool IsClassification => Classes.Count > 0;

    public int Rows => Targets.Length;

    public ReadOnlySpan<float> Row(int row) => Features.AsSpan(row * Sample.Size, Sample.Size);
}

namespace Atoll.Learning.Evaluation;

/// <summary>What all metrics must know of predictions and targets.</summary>
internal static class Predictions
{
    public const int NoClass = -1;

    public static void Check(ReadOnlySpan<float> predictions, int outputs, ReadOnlySpan<float> targets)
    {
        Require.AtLeast(1, outputs, nameof(outputs));
        Require.That(predictions.Length == (long)targets.Length * outputs,
            $"{targets.Length} rows of {outputs} outputs need {(long)targets.Length * outputs} predictions, but got {predictions.Length}.");
    }

    /// <summary>The class that a row's probabilities choose; <see cref="NoClass"/> when one is NaN.</summary>
    public static int Chosen(ReadOnlySpan<float> row)
    {
        if (row.Length == 1)
        {
            return float.IsNaN(row[0]) ? NoClass : row[0] >= 0.5f ? 1 : 0;
        }
        int chosen = 0;
        for (int c = 0; c < row.Length; c++)
        {
            if (float.IsNaN(row[c]))
            {
                return NoClass;
            }
            chosen = row[c] > row[chosen] ? c : chosen;
        }
        return chosen;
    }

    public static int Class(float target, int outputs)
    {
        int classes = Math.Max(2, outputs);
        Require.That(target >= 0 && target < classes && target == MathF.Floor(target), $"A class must be a whole number from 0 to {classes - 1}, but was {target}.");
        return (int)target;
    }
}

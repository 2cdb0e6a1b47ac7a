namespace Atoll.Learning.Evaluation;

/// <summary>
/// Area under the ROC curve: the chance that a random positive row scores above a random negative one, ties counting one half.
/// <c>(R − p(p+1)/2) / (p·n)</c>, where R sums the midranks of the p positives among p + n rows.
/// </summary>
/// <remarks>Hanley, McNeil, 1982. <see href="https://doi.org/10.1148/radiology.143.1.7063747"/></remarks>
public static class RocAuc
{
    /// <summary>With 1 output, of class 1; with more, the unweighted mean of each class against the rest.</summary>
    /// <param name="predictions">Rows × <paramref name="outputs"/>, probabilities.</param>
    /// <param name="targets">One class index a row.</param>
    /// <returns>Null where there is none: a class has no rows or all of them (scikit-learn refuses these), or a prediction is NaN.</returns>
    public static double? Of(ReadOnlySpan<float> predictions, int outputs, ReadOnlySpan<float> targets)
    {
        Predictions.Check(predictions, outputs, targets);
        var scores = new float[targets.Length];
        var positive = new bool[targets.Length];
        double sum = 0;
        for (int output = 0; output < outputs; output++)
        {
            int isPositive = outputs == 1 ? 1 : output;
            for (int row = 0; row < targets.Length; row++)
            {
                scores[row] = predictions[row * outputs + output];
                positive[row] = Predictions.Class(targets[row], outputs) == isPositive;
            }
            if (Binary(scores, positive) is not { } area)
            {
                return null;
            }
            sum += area;
        }
        return sum / outputs;
    }

    /// <summary>Sorts both in place.</summary>
    private static double? Binary(float[] scores, bool[] positive)
    {
        long positives = positive.Count(p => p), negatives = positive.Length - positives;
        if (positives == 0 || negatives == 0 || scores.Any(float.IsNaN))
        {
            return null;
        }
        Array.Sort(scores, positive);
        double ranks = 0; // halves, exact: of the positives
        for (int start = 0, end; start < scores.Length; start = end)
        {
            int tied = 0;
            for (end = start; end < scores.Length && scores[end] == scores[start]; end++)
            {
                tied += positive[end] ? 1 : 0;
            }
            ranks += tied * (start + 1.0 + end) / 2; // ranks start + 1 … end
        }
        return (ranks - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}

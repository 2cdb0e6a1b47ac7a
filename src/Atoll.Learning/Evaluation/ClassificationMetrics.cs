namespace Atoll.Learning.Evaluation;

/// <summary>Figures of merit for classes, from probabilities as <see cref="Training.Workspace.Predict"/> gives them.</summary>
/// <remarks>
/// With 1 output it is the probability of class 1, chosen from ½ on; with more, the likeliest class, the first of equals. A row with a NaN
/// names no class: it counts as wrong, so a model that diverged earns nothing. Without rows there is no figure: null.
/// </remarks>
public static class ClassificationMetrics
{
    /// <summary>Share of rows whose likeliest class is the true one.</summary>
    /// <param name="predictions">Rows × <paramref name="outputs"/>.</param>
    /// <param name="targets">One class index a row.</param>
    public static double? Accuracy(ReadOnlySpan<float> predictions, int outputs, ReadOnlySpan<float> targets)
    {
        Predictions.Check(predictions, outputs, targets);
        int right = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            right += Predictions.Chosen(predictions.Slice(row * outputs, outputs)) == Predictions.Class(targets[row], outputs) ? 1 : 0;
        }
        return targets.IsEmpty ? null : (double)right / targets.Length;
    }

    /// <summary>
    /// Unweighted mean, over the classes that are true or predicted somewhere, of <c>F₁ = 2·tp / (2·tp + fp + fn)</c>: scikit-learn's
    /// <c>f1_score(average="macro")</c>.
    /// </summary>
    /// <inheritdoc cref="Accuracy"/>
    public static double? MacroF1(ReadOnlySpan<float> predictions, int outputs, ReadOnlySpan<float> targets)
    {
        Predictions.Check(predictions, outputs, targets);
        int classes = Math.Max(2, outputs);
        long[] both = new long[classes], either = new long[classes]; // true positives; predicted plus true
        for (int row = 0; row < targets.Length; row++)
        {
            int chosen = Predictions.Chosen(predictions.Slice(row * outputs, outputs)), target = Predictions.Class(targets[row], outputs);
            either[target]++;
            if (chosen >= 0)
            {
                either[chosen]++;
                both[chosen] += chosen == target ? 1 : 0;
            }
        }
        double sum = 0;
        int seen = 0;
        for (int c = 0; c < classes; c++)
        {
            if (either[c] > 0)
            {
                sum += 2.0 * both[c] / either[c];
                seen++;
            }
        }
        return seen == 0 ? null : sum / seen;
    }
}

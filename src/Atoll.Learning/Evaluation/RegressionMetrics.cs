namespace Atoll.Learning.Evaluation;

/// <summary>Figures of merit for values: one prediction and one target a row. Sums run in double precision, in row order.</summary>
/// <remarks>Null where there is no figure: no rows, or a sum that is not finite because a model diverged.</remarks>
public static class RegressionMetrics
{
    /// <summary><c>Σ|y − t| / n</c>.</summary>
    public static double? MeanAbsoluteError(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets)
    {
        Predictions.Check(predictions, 1, targets);
        double sum = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            sum += Math.Abs((double)predictions[row] - targets[row]);
        }
        return Figure(sum / targets.Length);
    }

    /// <summary><c>√(Σ(y − t)² / n)</c>.</summary>
    public static double? RootMeanSquaredError(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets) =>
        Figure(Math.Sqrt(SquaredErrors(predictions, targets) / targets.Length));

    /// <summary>Share of the variance explained: <c>1 − Σ(y − t)² / Σ(t − t̄)²</c>. Null where all targets are equal.</summary>
    public static double? R2(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets)
    {
        double errors = SquaredErrors(predictions, targets), sum = 0, spread = 0;
        bool differ = false;
        foreach (float t in targets)
        {
            sum += t;
            differ |= t != targets[0];
        }
        double mean = sum / targets.Length;
        foreach (float t in targets)
        {
            spread += (t - mean) * (t - mean);
        }
        return differ ? Figure(1 - errors / spread) : null;
    }

    private static double SquaredErrors(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets)
    {
        Predictions.Check(predictions, 1, targets);
        double sum = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double error = (double)predictions[row] - targets[row];
            sum += error * error;
        }
        return sum;
    }

    private static double? Figure(double value) => double.IsFinite(value) ? value : null;
}

namespace Atoll.Dashboard.Figures;

/// <summary>How a metric reads: which way is better, and whether its differences are percentage points.</summary>
public sealed record MetricFacts
{
    private static readonly MetricFacts[] Known =
    [
        new() { Name = "accuracy", Label = "accuracy", IsShare = true },
        new() { Name = "auc", Label = "AUC" },
        new() { Name = "f1", Label = "F1" },
        new() { Name = "r2", Label = "R²" },
        new() { Name = "loss", Label = "loss", HigherIsBetter = false },
        new() { Name = "mean-absolute-error", Label = "mean absolute error", HigherIsBetter = false },
        new() { Name = "root-mean-squared-error", Label = "root mean squared error", HigherIsBetter = false },
    ];

    /// <summary>As in the experiment file and in <c>result.json</c>.</summary>
    public required string Name { get; init; }

    /// <summary>As in a sentence.</summary>
    public required string Label { get; init; }

    public bool HigherIsBetter { get; init; } = true;

    /// <summary>Shown in percent, differences in points.</summary>
    public bool IsShare { get; init; }

    /// <summary>Those that are known.</summary>
    internal static IReadOnlyList<MetricFacts> All => Known;

    /// <summary>A metric that is not known here is shown under its own name, higher being better.</summary>
    public static MetricFacts Of(string name) =>
        Array.Find(Known, metric => metric.Name == name) ?? new MetricFacts { Name = name, Label = name };

    /// <summary>Whether <paramref name="a"/> is a better value than <paramref name="b"/>.</summary>
    public bool IsBetter(double a, double b) => HigherIsBetter ? a > b : a < b;
}

namespace Atoll.Dashboard.Verdicts;

/// <summary>A value, and its standard deviation over the seeds when there were several.</summary>
internal readonly record struct Measured(double Value, double? Sd)
{
    /// <summary>The value of a metric that is there, defined and finite.</summary>
    public static Measured? From(string metric, IReadOnlyDictionary<string, double?>? values, IReadOnlyDictionary<string, double?>? sds) =>
        values?.GetValueOrDefault(metric) is { } value && double.IsFinite(value)
            ? new Measured(value, sds?.GetValueOrDefault(metric))
            : null;
}

using System.Globalization;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data.Schema;

namespace Atoll.Coordinator.Live;

/// <summary>Whether what a site says of itself is whole, possible, and no longer than it needs: it goes into the ledger, where everybody reads it, and into what all sites are told.</summary>
internal static class SiteSaid
{
    /// <summary>Characters of a program's, machine's, grid's or meter's name.</summary>
    private const int MaxName = 500;

    /// <summary>More than there are.</summary>
    private const int MaxMetrics = 64;

    private const int MaxMetricName = 64;

    /// <summary>Beyond what losses and metrics of numbers of 32 bits come to, even where training diverged, and far from where sums and squares of such become infinite, which no JSON can tell.</summary>
    private const double MaxFigure = 1e140;

    /// <summary>278 GWh: more than any training took.</summary>
    private const double MaxJoules = 1e15;

    private const double MaxSeconds = 1e10; // three centuries

    /// <returns>Why it is not; null where it is.</returns>
    public static string? WhyNot(EnrolmentRequest request) =>
        request.Summaries.FirstOrDefault(summary => !IsWhole(summary.Value)) is { Key: { } arm } ? $"A summary must tell of every column and of the label, and nothing in it may be null, but {request.Site}'s for {arm} is not whole."
        : TooLong("client", request.Client) ?? TooLong("hardware", request.Declares?.Hardware) ?? TooLong("grid", request.Declares?.Grid);

    /// <inheritdoc cref="WhyNot(EnrolmentRequest)"/>
    public static string? WhyNot(EvaluationMessage message) =>
        message.Metrics.Count > MaxMetrics ? $"An evaluation may have at most {MaxMetrics} metrics (had {message.Metrics.Count})."
        : message.Metrics.Keys.FirstOrDefault(name => name.Length > MaxMetricName) is { } name ? $"A metric's name may have at most {MaxMetricName} characters (had {name.Length})."
        : message.Metrics.FirstOrDefault(metric => !IsPossible(metric.Key, metric.Value)) is { Key: { } odd } metric
            ? $"A metric must be {(IsShare(odd) ? "from 0 to 1" : Within(MaxFigure))} (was {Text(metric.Value!.Value)}, of {odd})."
        : message.Loss is { } loss && !IsFigure(loss) ? $"A loss must be {Within(MaxFigure)} (was {Text(loss)})."
        : null;

    /// <param name="schemas">By arm, what all sites agreed on.</param>
    /// <inheritdoc cref="WhyNot(EnrolmentRequest)"/>
    public static string? WhyNot(PreparationMessage message, IReadOnlyDictionary<string, DataSchema> schemas)
    {
        foreach ((string arm, PreparedRows? rows) in message.Arms)
        {
            if (!schemas.TryGetValue(arm, out DataSchema? schema) || rows?.Labels is not { } labels)
            {
                return $"A preparation must tell of the federated arms {string.Join(", ", schemas.Keys)}, each whole, but tells of another, or of one nothing.";
            }
            if (labels.Any(label => label.Value < 0 || !schema.Classes.Contains(label.Key)))
            {
                return $"A preparation may tell how many rows there are of each of the {schema.Classes.Count} labels that all sites agreed on for {arm}, but tells of another, or of fewer than none.";
            }
        }
        return null;
    }

    /// <inheritdoc cref="WhyNot(EnrolmentRequest)"/>
    public static string? WhyNot(UpdateMessage message) =>
        !double.IsFinite(message.TrainingLoss) ? $"Training diverged: its loss is {message.TrainingLoss}."
        : !IsFigure(message.TrainingLoss) ? $"Training diverged: its loss must be {Within(MaxFigure)} (was {Text(message.TrainingLoss)})."
        : !(message.Seconds is >= 0 and <= MaxSeconds) ? $"An update's seconds must be from 0 to {Text(MaxSeconds)} (was {Text(message.Seconds)})."
        : null;

    /// <inheritdoc cref="WhyNot(EnrolmentRequest)"/>
    /// <param name="rounds">Of its arm.</param>
    public static string? WhyNot(ReadingMessage message, int rounds) =>
        message.Round < 1 || message.Round > rounds ? $"A reading must be of a round from 1 to {rounds} (was {message.Round})."
        : !(message.EnergyJoules is >= 0 and <= MaxJoules) ? $"A reading must be from 0 to {Text(MaxJoules)} J (was {Text(message.EnergyJoules)} J)." : TooLong("meter", message.Meter);

    private static bool IsPossible(string metric, double? value) => value is not { } told || (IsShare(metric) ? told is >= 0 and <= 1 : IsFigure(told));

    private static bool IsShare(string metric) => metric is "accuracy" or "auc" or "f1";

    private static bool IsFigure(double value) => Math.Abs(value) <= MaxFigure; // NaN is not

    private static string Within(double most) => $"within ±{Text(most)}";

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string? TooLong(string what, string? name) => name?.Length > MaxName ? $"The name of a {what} may have at most {MaxName} characters (had {name.Length})." : null;

    /// <summary>JSON's null may stand in any list and behind any key.</summary>
    private static bool IsWhole(TableSummary? summary) => summary is { Columns: { } columns, Label: { } label } && columns.Append(label).All(column => column is { Name: not null } && column.Levels?.Contains(null!) != true);
}

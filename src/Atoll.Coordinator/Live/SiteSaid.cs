using Atoll.Experiments.Protocol;
using Atoll.Learning.Data.Schema;

namespace Atoll.Coordinator.Live;

/// <summary>Whether what a site says of itself is whole, and no longer than it needs: it goes into the ledger, where everybody reads it, and into what all sites are told.</summary>
internal static class SiteSaid
{
    /// <summary>Characters of a program's, machine's, grid's or meter's name.</summary>
    private const int MaxName = 500;

    /// <summary>More than there are.</summary>
    private const int MaxMetrics = 64;

    private const int MaxMetricName = 64;

    /// <returns>Why it is not; null where it is.</returns>
    public static string? WhyNot(EnrolmentRequest request) =>
        request.Summaries.FirstOrDefault(summary => !IsWhole(summary.Value)) is { Key: { } arm } ? $"A summary must tell of every column and of the label, and nothing in it may be null, but {request.Site}'s for {arm} is not whole."
        : TooLong("client", request.Client) ?? TooLong("hardware", request.Declares?.Hardware) ?? TooLong("grid", request.Declares?.Grid);

    /// <inheritdoc cref="WhyNot(EnrolmentRequest)"/>
    public static string? WhyNot(EvaluationMessage message) =>
        message.Metrics.Count > MaxMetrics ? $"An evaluation may have at most {MaxMetrics} metrics (had {message.Metrics.Count})."
        : message.Metrics.Keys.FirstOrDefault(name => name.Length > MaxMetricName) is { } name ? $"A metric's name may have at most {MaxMetricName} characters (had {name.Length})."
        : null;

    /// <inheritdoc cref="WhyNot(EnrolmentRequest)"/>
    public static string? WhyNot(ReadingMessage message) => TooLong("meter", message.Meter);

    private static string? TooLong(string what, string? name) => name?.Length > MaxName ? $"The name of a {what} may have at most {MaxName} characters (had {name.Length})." : null;

    /// <summary>JSON's null may stand in any list and behind any key.</summary>
    private static bool IsWhole(TableSummary? summary) => summary is { Columns: { } columns, Label: { } label } && columns.Append(label).All(column => column is { Name: not null } && column.Levels?.Contains(null!) != true);
}

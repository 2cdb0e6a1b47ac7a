using System.Globalization;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Grids;

/// <summary>Where a trace has no values.</summary>
public sealed record TraceGaps
{
    /// <summary>Runs of missing steps.</summary>
    public required int Count { get; init; }

    /// <summary>Steps without a value, in all gaps together.</summary>
    public required int MissingSteps { get; init; }

    /// <summary>Steps that the trace covers, from its first to its last, missing ones included.</summary>
    public required int CoveredSteps { get; init; }

    /// <summary>Steps of the longest gap.</summary>
    public required int LongestSteps { get; init; }

    /// <summary>First missing step of the longest gap.</summary>
    public required DateTimeOffset LongestFrom { get; init; }

    /// <summary>A sentence without its end: <c>23 of 8,760 steps of 1 h are missing, in 3 gaps, the longest 12 h from 2022-03-13T02:00Z</c>.</summary>
    public string Describe(TimeSpan step) => string.Create(CultureInfo.InvariantCulture,
        $"{MissingSteps:#,0} of {CoveredSteps:#,0} steps of {Duration(step)} {(MissingSteps == 1 ? "is" : "are")} missing, in {(Count == 1 ? "one gap" : $"{Count:#,0} gaps, the longest")} {(Count == 1 ? "of " : "")}{Duration(LongestSteps * step)} from {LongestFrom.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}");

    internal static string Duration(TimeSpan time) => (time.TotalSeconds * Time.Second).ToString();
}

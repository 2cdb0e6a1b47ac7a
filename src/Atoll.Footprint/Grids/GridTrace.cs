using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Grids;

/// <summary>A grid's intensity over time in equal steps without gaps.</summary>
public sealed class GridTrace
{
    private readonly double[] _intensities;

    /// <param name="intensities">Grams per kilowatt-hour; the mean of each step. Finite; copied.</param>
    /// <exception cref="InvalidOperationException">There is no value, one is not finite or negative, or the step is not above zero.</exception>
    public GridTrace(string name, DateTimeOffset start, TimeSpan step, ReadOnlySpan<double> intensities, Origin origin)
    {
        Require.That(step > TimeSpan.Zero && intensities.Length > 0, $"A trace must have a step above zero and at least one value (was {step} and {intensities.Length} values).");
        foreach (double intensity in intensities)
        {
            Require.That(double.IsFinite(intensity) && intensity >= 0, $"Each value of a trace must be a finite number from 0 (was {intensity}).");
        }
        (Name, Start, Step, _intensities, Origin) = (name, start, step, intensities.ToArray(), origin);
    }

    /// <summary>What messages call it: the file or zone.</summary>
    public string Name { get; }

    public DateTimeOffset Start { get; }

    public TimeSpan Step { get; }

    /// <summary>Grams per kilowatt-hour, one for each step.</summary>
    public ReadOnlySpan<double> Intensities => _intensities;

    public Origin Origin { get; }

    /// <summary>What was missing; null where nothing was.</summary>
    public TraceGaps? Gaps { get; init; }

    /// <summary>What a reader must know, in a sentence each: gaps and what was done about them, which of several columns was taken.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Time from the start of the first step to the end of the last.</summary>
    public Quantity<Time> Length => _intensities.Length * Step.TotalSeconds * Time.Second;

    /// <summary>Over all steps: what a constant load all through the trace causes for each kilowatt-hour.</summary>
    public Quantity<CarbonIntensity> Mean => new(_intensities.Average());

    /// <summary>Reads a CSV file with a column of times and one of intensities, in g/kWh where its name says nothing else.</summary>
    /// <param name="column">The column of intensities, where the file has several or calls it by a name that is not known.</param>
    /// <remarks>Times are ISO 8601, with an offset or in UTC, each the start of its step. The step is the most common distance between two rows.</remarks>
    /// <exception cref="TraceException">The file cannot be read, or something in it is wrong: it says what and on which line.</exception>
    public static GridTrace Read(string path, GapRule gaps, string? column = null) => TraceFile.Read(path, gaps, column);

    /// <summary>The same from UTF-8 text.</summary>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="TraceException">Something in it is wrong: it says what and on which line.</exception>
    public static GridTrace Read(Stream text, string name, GapRule gaps, string? column = null) => TraceFile.Read(text, name, gaps, column);
}

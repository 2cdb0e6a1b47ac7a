using Atoll.Footprint.Provenance;

namespace Atoll.Footprint.Grids;

/// <summary>A grid's intensity over time in equal steps without gaps.</summary>
public sealed class GridTrace
{
    private readonly double[] _intensities;

    /// <param name="intensities">Grams per kilowatt-hour; the mean of each step. Finite; copied.</param>
    public GridTrace(string name, DateTimeOffset start, TimeSpan step, ReadOnlySpan<double> intensities, Origin origin)
    {
        Require.That(step > TimeSpan.Zero && intensities.Length > 0, $"A trace must have a step above zero and at least one value (was {step} and {intensities.Length} values).");
        (Name, Start, Step, _intensities, Origin) = (name, start, step, intensities.ToArray(), origin);
    }

    /// <summary>What messages call it: the file or zone.</summary>
    public string Name { get; }

    public DateTimeOffset Start { get; }

    public TimeSpan Step { get; }

    /// <summary>Grams per kilowatt-hour, one for each step.</summary>
    public ReadOnlySpan<double> Intensities => _intensities;

    public Origin Origin { get; }

    /// <summary>What was done about gaps, in a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

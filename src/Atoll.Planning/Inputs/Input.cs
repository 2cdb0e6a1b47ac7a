using Atoll.Experiments.Results;
using Atoll.Footprint.Provenance;

namespace Atoll.Planning.Inputs;

/// <summary>One number that a plan rests on. Everything that an arm's model reads is one, so that all can be varied, swept, solved for and traced.</summary>
public sealed record Input
{
    /// <summary>As in the file: <c>sites.lulea.pue</c>, <c>links.frankfurt-lulea.bandwidth</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The base unit of its dimension: <c>bit/s</c>, <c>W</c>, <c>m</c>, <c>s</c>, <c>$</c>, <c>g/kWh</c>; empty for a plain number.</summary>
    public required string Unit { get; init; }

    public required double Value { get; init; }

    /// <summary>The ends of the range in which it lies; both <see cref="Value"/> where it is one number.</summary>
    public required double Low { get; init; }

    public required double High { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>As results show it.</summary>
    public FigureSource Source => new()
    {
        Path = Path,
        Unit = Unit,
        Value = Value,
        Low = Low,
        High = High,
        Basis = Origin.Basis.ToString().ToLowerInvariant(),
        Source = Origin.Source,
        Year = Origin.Year,
        Url = Origin.Url,
        Note = Origin.Note,
    };
}

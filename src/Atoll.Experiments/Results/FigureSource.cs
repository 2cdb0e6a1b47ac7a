namespace Atoll.Experiments.Results;

/// <summary>A figure that others rest on, and where it is from.</summary>
public sealed record FigureSource
{
    /// <summary>The field that it stands for: <c>sites.cleveland.grid</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Empty for a plain number.</summary>
    public required string Unit { get; init; }

    public required double Value { get; init; }

    /// <summary>The lowest and highest that sources give.</summary>
    public required double Low { get; init; }

    public required double High { get; init; }

    /// <summary><c>measured</c>, <c>modelled</c> or <c>assumed</c>.</summary>
    public required string Basis { get; init; }

    public required string Source { get; init; }

    public int? Year { get; init; }

    public string? Url { get; init; }

    public string? Note { get; init; }
}

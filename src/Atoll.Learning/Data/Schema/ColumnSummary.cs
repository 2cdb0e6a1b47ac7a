namespace Atoll.Learning.Data.Schema;

/// <summary>What one column holds in the rows that are used.</summary>
public sealed record ColumnSummary
{
    /// <summary>More different texts than this is a name or a number that identifies a row, not a property of it.</summary>
    public const int MaximumLevels = 1000;

    public required string Name { get; init; }

    /// <summary>Whether every value that is there is a number.</summary>
    public required bool IsNumeric { get; init; }

    /// <summary>
    /// The different values as they are written, where they matter: of text, of columns named categorical, of a label with classes; at most
    /// <see cref="MaximumLevels"/>, where ways to write one number count once. Null elsewhere.
    /// </summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>What the column holds at both.</summary>
    public ColumnSummary With(ColumnSummary other) => this with
    {
        IsNumeric = IsNumeric && other.IsNumeric,
        Levels = Levels is { } mine && other.Levels is { } theirs ? Cell.Levels(mine.Concat(theirs)) : null,
    };
}

namespace Atoll.Learning.Data.Schema;

/// <summary>What a site tells of its table so that all sites encode theirs alike: which columns hold numbers, which different values the others hold. No row and no statistic.</summary>
public sealed record TableSummary
{
    /// <summary>The features before encoding, in the table's order.</summary>
    public required IReadOnlyList<ColumnSummary> Columns { get; init; }

    public required ColumnSummary Label { get; init; }
}

/// <summary>What one column holds in the rows that are used.</summary>
public sealed record ColumnSummary
{
    public required string Name { get; init; }

    /// <summary>Whether every value that is there is a number.</summary>
    public required bool IsNumeric { get; init; }

    /// <summary>The different values, where they matter: of text, of columns named categorical, of a label with classes; at most 1,000. Null elsewhere.</summary>
    public IReadOnlyList<string>? Levels { get; init; }
}

using Atoll.Learning.Data.Catalog;

namespace Atoll.Learning.Data.Schema;

/// <summary>How a table becomes numbers, the same at every site: a function of all sites' <see cref="TableSummary"/>, in whatever order they came.</summary>
public sealed record DataSchema
{
    /// <summary>The features before encoding, in order.</summary>
    public required IReadOnlyList<SchemaColumn> Columns { get; init; }

    /// <summary>The column to predict.</summary>
    public required string Label { get; init; }

    /// <summary>The label's values in index order; empty for regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Whether one-hot encoding leaves out each column's first value.</summary>
    public bool DropFirst { get; init; }

    /// <summary>The extents of a sample where it is an image, height, width and channels; null: one dimension.</summary>
    public IReadOnlyList<int>? Shape { get; init; }

    /// <summary>What all sites agree on. Columns stand as at the site whose name is first by character code.</summary>
    /// <param name="summaries">By site.</param>
    /// <param name="images">What the images are like, where rows are images.</param>
    /// <exception cref="DataException">The sites' tables do not go together: the message names site and column.</exception>
    public static DataSchema Merge(IReadOnlyDictionary<string, TableSummary> summaries, Preparation preparation, CatalogLayout? images = null) =>
        new SchemaMerge(summaries, preparation, images).Merge();

    /// <summary>The features' names in the order in which a row holds them; a one-hot column is called <c>column=value</c>.</summary>
    public IReadOnlyList<string> FeatureNames() =>
        [.. Columns.SelectMany(column => column.Levels is null ? [column.Name] : column.Levels.Skip(DropFirst ? 1 : 0).Select(level => $"{column.Name}={level}"))];

    /// <summary>The shape of a row when it is encoded.</summary>
    public Shape Sample() => Shape is [int height, int width, int channels] ? new Shape(height, width, channels)
        : new Shape(Columns.Sum(column => column.Levels is null ? 1 : column.Levels.Count - (DropFirst ? 1 : 0)));
}

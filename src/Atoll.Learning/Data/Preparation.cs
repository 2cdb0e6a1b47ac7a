namespace Atoll.Learning.Data;

/// <summary>How a table becomes numbers to train on: what to predict, whose rows are whose, what is left out, and how the rest is prepared.</summary>
public record Preparation
{
    /// <summary>The column to predict. Needed for a table; a catalog's data set knows its own.</summary>
    public string? Label { get; init; }

    /// <summary>By default: classes when the label is text, or at most 20 different whole numbers; else a value.</summary>
    public LabelTask? Task { get; init; }

    /// <summary>The column that says which site a row belongs to: a natural split.</summary>
    public string? Site { get; init; }

    /// <summary>A column whose values are <c>train</c> and <c>test</c>. Either this or <see cref="TestFraction"/>.</summary>
    public string? Split { get; init; }

    /// <summary>Share of each site's rows kept for testing, stratified by label. 0.2 when nothing else splits the rows.</summary>
    public double? TestFraction { get; init => field = value is null ? null : Require.Within(0.01, 0.99, value.Value, nameof(TestFraction)); }

    /// <summary>By default per site for tables; none for images, whose pixels are already on one scale. Images are standardized by channel.</summary>
    public Standardization? Standardize { get; init; }

    /// <summary>
    /// Whose training rows' mean and deviation the test rows are scaled by; by default as the training rows. With a model trained on pooled data,
    /// <c>per-site</c> asks how it does at sites that scale by their own statistics.
    /// </summary>
    public Standardization? StandardizeTest { get; init; }

    public MissingValues Missing { get; init; } = MissingValues.Refuse;

    /// <summary>Columns to leave out. Either this or <see cref="Features"/>.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>The only columns to use.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns to treat as text (one-hot) although they look like numbers.</summary>
    public IReadOnlyList<string>? Categorical { get; init; }

    /// <summary>Whether one-hot encoding leaves out each column's first value, as regression without redundancy wants.</summary>
    public bool DropFirst { get; init; }

    /// <summary>What to do with a site of a natural split whose training rows all have one label.</summary>
    public OneClassSites OneClassSites { get; init; } = OneClassSites.Refuse;

    /// <summary>The same with one more column left out; as it is where the columns to use are named anyway.</summary>
    internal Preparation LeavingOut(string column) => Features is null ? this with { Ignore = [.. (Ignore ?? []).Append(column).Distinct()] } : this;

    /// <summary>Why this cannot be asked of images; null where it can.</summary>
    internal string? ImageMisfit()
    {
        string? column = this switch
        {
            { Label: not null } => "label",
            { Site: not null } => "site",
            { Split: not null } => "split",
            { Ignore: not null } => "ignore",
            { Features: not null } => "features",
            { Categorical: not null } => "categorical",
            { Task: LabelTask.Regression } => "task: regression",
            { DropFirst: true } => "drop-first",
            _ => null,
        };
        return column is null ? null : $"{column} must be left out for images, which have no columns to choose from.";
    }
}

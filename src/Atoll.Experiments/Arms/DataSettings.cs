using Atoll.Learning.Data;

namespace Atoll.Experiments;

/// <summary>Which rows, what to predict, and how they are prepared.</summary>
public sealed record DataSettings : Preparation
{
    /// <summary>Files, rows appended in order; found from the experiment file's folder. Either this or <see cref="Catalog"/>.</summary>
    /// <remarks>Full paths once read from a file.</remarks>
    public IReadOnlyList<string>? Csv { get; init; }

    /// <summary>A data set that Atoll knows (<c>atoll data list</c>).</summary>
    public string? Catalog { get; init; }
}

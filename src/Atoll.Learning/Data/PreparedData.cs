namespace Atoll.Learning.Data;

/// <summary>What preparing gave: the rows and their sites, and what a reader should know about how they came about.</summary>
/// <param name="Features">The features' names in the order in which a row holds them; empty for images.</param>
/// <param name="DroppedRows">Rows left out because a value was missing.</param>
/// <param name="Used">The preparation with what it left open about scaling and testing filled in.</param>
public sealed record PreparedData(SitedDataset Sited, IReadOnlyList<string> Features, int DroppedRows, Preparation Used)
{
    /// <summary>Bytes of each row as it lies at its site, by the data set's row numbers: as text where it is from a table, a byte a number and one for the label where it is an image.</summary>
    public IReadOnlyList<int> RowBytes { get; init; } = [];
}

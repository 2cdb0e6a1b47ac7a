namespace Atoll.Learning.Data;

/// <summary>What to do with a row that lacks a value in a column that is used.</summary>
public enum MissingValues
{
    /// <summary>Leave the row out.</summary>
    DropRow,

    /// <summary>
    /// Fill in the mean of the training rows: the site's own where features are standardized per site, else of all sites.
    /// (For a one-hot column: the values' shares.)
    /// </summary>
    Mean,

    /// <summary>Stop and say where.</summary>
    Refuse,
}

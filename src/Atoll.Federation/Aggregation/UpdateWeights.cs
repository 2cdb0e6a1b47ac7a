namespace Atoll.Federation.Aggregation;

/// <summary>What an update counts for in the average.</summary>
public enum UpdateWeights
{
    /// <summary>As much as the site has training rows.</summary>
    Rows,

    /// <summary>As much as any other: right where sites are already chosen by their rows.</summary>
    Uniform,
}

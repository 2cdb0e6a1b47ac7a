using System.Text.Json.Serialization;

namespace Atoll.Federation.Selection;

/// <summary>Chooses the sites that take part in a round.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AllSites), "all")]
[JsonDerivedType(typeof(UniformSelection), "uniform")]
[JsonDerivedType(typeof(WeightedSelection), "weighted")]
public interface ISelection
{
    /// <summary>The chosen sites' indices, ascending, without repetition.</summary>
    /// <param name="rows">Training rows of each site.</param>
    /// <param name="random">Only <see cref="Random.NextDouble"/> is drawn from, in the order of the sites.</param>
    int[] Select(ReadOnlySpan<int> rows, Random random);

    /// <summary>The same choice of more sites, where a round asks more than it needs.</summary>
    /// <param name="factor">At least 1; at most all sites are chosen.</param>
    /// <param name="sites">How many there are to choose from.</param>
    /// <param name="needed">How many this selection chooses.</param>
    ISelection Enlarged(double factor, int sites, out int needed);
}

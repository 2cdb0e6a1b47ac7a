using System.Text.Json.Serialization;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Partitioning;

/// <summary>Spreads the rows of one data set over virtual sites.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Iid), "iid")]
[JsonDerivedType(typeof(Dirichlet), "dirichlet")]
[JsonDerivedType(typeof(Shards), "shards")]
[JsonDerivedType(typeof(LabelsPerSite), "labels-per-site")]
[JsonDerivedType(typeof(Quantity), "quantity")]
[JsonDerivedType(typeof(FeatureNoise), "feature-noise")]
public interface IPartition
{
    /// <summary>How many sites.</summary>
    int Sites { get; }

    /// <summary>The site of each row.</summary>
    /// <param name="targets">One a row: the class's index (or, where <paramref name="classes"/> is 0, the value to predict).</param>
    /// <exception cref="InvalidOperationException">The partition cannot be made of these rows.</exception>
    int[] Assign(ReadOnlySpan<float> targets, int classes, Philox random);
}

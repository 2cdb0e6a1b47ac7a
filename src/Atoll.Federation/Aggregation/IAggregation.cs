using System.Text.Json.Serialization;

namespace Atoll.Federation.Aggregation;

/// <summary>
/// How the updates of a round are averaged: <c>Δ = τ Σₖ pₖ Δₖ/aₖ</c> with <c>pₖ = nₖ/Σn</c> and <c>τ = Σₖ pₖ aₖ</c>,
/// where <c>nₖ</c> is <see cref="Weight"/> and <c>aₖ</c> is <see cref="Normalizer"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FedAvg), "fed-avg")]
[JsonDerivedType(typeof(FedNova), "fed-nova")]
public interface IAggregation
{
    /// <summary>The integer weight of an update from a site that trained on <paramref name="rows"/> rows: from 1 to <see cref="ExactAverage.MaximumWeight"/>.</summary>
    long Weight(long rows);

    /// <summary>What an update is divided by before averaging, given how many plain gradient steps it is worth.</summary>
    double Normalizer(double effectiveSteps);
}

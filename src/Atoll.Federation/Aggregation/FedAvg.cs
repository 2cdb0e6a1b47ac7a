namespace Atoll.Federation.Aggregation;

/// <summary>Federated averaging: <c>Δ = Σₖ (nₖ/n) Δₖ</c>, with a site's training rows as <c>nₖ</c>, or 1.</summary>
/// <remarks>McMahan et al., 2017, Algorithm 1. <see href="https://arxiv.org/abs/1602.05629"/></remarks>
public sealed record FedAvg : IAggregation
{
    /// <summary>What a site's update counts for.</summary>
    public UpdateWeights Weights { get; init; }

    public long Weight(long rows) => Weights == UpdateWeights.Uniform ? 1 : rows;

    public double Normalizer(double effectiveSteps) => 1;
}

namespace Atoll.Federation.Aggregation;

/// <summary>Federated averaging: <c>Δ = Σₖ (nₖ/n) Δₖ</c>, with a site's training rows as <c>nₖ</c>.</summary>
/// <remarks>McMahan et al., 2017, Algorithm 1. <see href="https://arxiv.org/abs/1602.05629"/></remarks>
public sealed record FedAvg : IAggregation
{
    public long Weight(long rows) => rows;

    public double Normalizer(double effectiveSteps) => 1;
}

namespace Atoll.Federation.Aggregation;

public sealed record FedAvg : IAggregation
{

    public long Weight(long rows) => rows;
    public double Normalizer(double effectiveSteps) => 1;
}

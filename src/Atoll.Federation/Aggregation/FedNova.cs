namespace Atoll.Federation.Aggregation;

public sealed record FedNova : IAggregation
{

    public long Weight(long rows) => rows;
    public double Normalizer(double effectiveSteps) => effectiveSteps;
}

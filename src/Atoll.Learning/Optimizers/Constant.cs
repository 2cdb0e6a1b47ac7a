namespace Atoll.Learning.Optimizers;

/// <summary>The same learning rate throughout.</summary>
public sealed record Constant : ISchedule
{
    public double Factor(int round, int rounds) => 1;
}

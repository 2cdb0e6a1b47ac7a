namespace Atoll.Learning.Optimizers;

/// <summary>Times <see cref="Gamma"/> after every <see cref="Every"/> rounds.</summary>
public sealed record StepDecay : ISchedule
{
    /// <summary>Rounds between two reductions.</summary>
    public required int Every { get; init => field = Require.AtLeast(1, value); }

    /// <summary>The factor of a reduction, in [0, 1].</summary>
    public double Gamma { get; init => field = Require.Within(0.0, 1.0, value); } = 0.1;

    public double Factor(int round, int rounds) => ExponentialDecay.Power(Gamma, round / Every);
}

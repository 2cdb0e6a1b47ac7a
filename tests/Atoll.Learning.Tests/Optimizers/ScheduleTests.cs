using Atoll.Learning.Optimizers;

namespace Atoll.Learning.Tests.Optimizers;

public sealed class ScheduleTests
{
    [Fact]
    public void Constant_is_one() => new Constant().Factor(7, 9).ShouldBe(1);

    [Fact]
    public void Step_decay_falls_after_every_few_rounds() =>
        Factors(new StepDecay { Every = 3, Gamma = 0.5 }, 10).ShouldBe([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125]);

    [Fact]
    public void Exponential_decay_is_a_power()
    {
        var factors = Factors(new ExponentialDecay { Gamma = 0.97 }, 200);
        for (int round = 0; round < 200; round++)
        {
            factors[round].ShouldBe(Math.Pow(0.97, round), 1e-15);
        }
    }

    [Fact]
    public void Cosine_decay_is_half_a_cosine_after_linear_growth()
    {
        const int warmup = 4, rounds = 54;
        const double floor = 0.1;
        var factors = Factors(new CosineDecay { Warmup = warmup, Floor = floor }, rounds);

        factors[..(warmup + 1)].ShouldBe([0.2, 0.4, 0.6, 0.8, 1.0], 1e-15);
        for (int round = warmup; round < rounds; round++)
        {
            factors[round].ShouldBe(floor + (1 - floor) * (1 + Math.Cos(Math.PI * (round - warmup) / (rounds - warmup))) / 2, 1e-14);
        }
    }

    [Fact]
    public void The_learning_rate_of_Adam_needs_no_power_function() => ExponentialDecay.Power(0.999, 12_345).ShouldBe(Math.Pow(0.999, 12_345), 1e-15);

    private static double[] Factors(ISchedule schedule, int rounds) => [.. Enumerable.Range(0, rounds).Select(round => schedule.Factor(round, rounds))];
}

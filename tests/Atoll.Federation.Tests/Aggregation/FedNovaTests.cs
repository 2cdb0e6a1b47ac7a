using System.Text.Json;
using Atoll.Federation.Aggregation;
using Atoll.Federation.Tests.Fixtures;

namespace Atoll.Federation.Tests.Aggregation;

public sealed class FedNovaTests
{
    [Fact]
    public void Effective_steps_are_as_far_as_PyTorch_moves_a_weight_of_gradient_one()
    {
        foreach (JsonElement c in Fixture.Read("effective-steps.json").EnumerateArray())
        {
            double steps = FedNova.EffectiveSteps(c.GetProperty("steps").GetInt32(), c.GetProperty("momentum").GetDouble(),
                c.GetProperty("learningRate").GetDouble(), c.GetProperty("mu").GetDouble(), c.GetProperty("nesterov").GetBoolean());

            steps.ShouldBe(c.GetProperty("expected").GetDouble(), 1e-9, c.ToString());
        }
    }

    [Theory]
    [InlineData(1, 0.9)]
    [InlineData(10, 0.9)]
    [InlineData(100, 0.5)]
    public void With_momentum_they_are_the_papers_closed_form(int steps, double rho) => // [τ − ρ(1 − ρ^τ)/(1 − ρ)]/(1 − ρ), section 4
        FedNova.EffectiveSteps(steps, rho).ShouldBe((steps - rho * (1 - Math.Pow(rho, steps)) / (1 - rho)) / (1 - rho), 1e-9);

    [Theory]
    [InlineData(1, 0.1, 0.5)]
    [InlineData(20, 0.1, 0.5)]
    public void With_a_proximal_term_they_are_the_papers_closed_form(int steps, double eta, double mu) => // [1 − (1 − α)^τ]/α, α = ημ
        FedNova.EffectiveSteps(steps, learningRate: eta, mu: mu).ShouldBe((1 - Math.Pow(1 - eta * mu, steps)) / (eta * mu), 1e-9);

    [Fact]
    public void Sites_of_different_steps_pull_by_their_rows_alone()
    {
        // Two sites of equal rows, gradients −1 and +1 a step; one takes 2 steps, the other 8: FedAvg would drift by +3, FedNova stays.
        FedNova nova = new();
        ExactAverage average = new(1);
        average.Add([-2f], nova.Weight(50), (float)nova.Normalizer(2));
        average.Add([8f], nova.Weight(50), (float)nova.Normalizer(8));
        float[] mean = new float[1];
        average.Mean(mean, factor: 5);

        mean.ShouldBe([0f]);
    }

    [Fact]
    public void No_steps_are_refused() => Should.Throw<ArgumentOutOfRangeException>(() => FedNova.EffectiveSteps(0));
}

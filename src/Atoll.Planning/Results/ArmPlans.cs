using Atoll.Planning.File;
using Atoll.Planning.Models;

namespace Atoll.Planning.Results;

/// <summary>Puts an arm's outcome into the JSON's shape.</summary>
internal static class ArmPlans
{
    /// <exception cref="PlanException">A figure is infinite or no number.</exception>
    public static ArmPlan Of(PreparedArm arm, ArmOutcome outcome, ReadOnlySpan<double> inputs)
    {
        return new()
        {
            Name = arm.Name,
            Kind = arm.Kind,
            WallClockHours = Value("wall-clock-hours"),
            ComputeHours = Value("compute-hours"),
            ExposedCommunicationHours = Value("exposed-communication-hours"),
            HiddenCommunicationHours = Value("hidden-communication-hours"),
            WaitingHours = Value("waiting-hours"),
            MovementHours = Value("movement-hours"),
            Utilization = Value("utilization"),
            EnergyKWh = new(Value("energy-kwh.compute"), Value("energy-kwh.overhead"), Value("energy-kwh.network"), Value("energy-kwh.total")),
            CarbonKg = new(Value("carbon-kg.location-based"), Value("carbon-kg.market-based"), Value("carbon-kg.network"), Value("carbon-kg.embodied"), Value("carbon-kg.total")),
            WaterLitres = Value("water-litres"),
            CostUsd = new(Value("cost-usd.hardware"), Value("cost-usd.electricity"), Value("cost-usd.network"), Value("cost-usd.total")),
            CapitalUsd = Value("capital-usd"),
            CostPerExaflopUsd = double.IsNaN(outcome.Flops) ? null : Value("cost-per-exaflop-usd"),
            SciGramsPerExaflop = double.IsNaN(outcome.Flops) ? null : Value("sci-grams-per-exaflop"),
            EffectivePue = Value("effective-pue"),
            LossRatio = outcome.LossRatio is null ? null : Value("loss-ratio"),
            LinkBytes = outcome.LinkBits.ToDictionary(l => l.Key, l => l.Value / 8),
            Privacy = arm.Privacy,
            Formulas = arm.Model.Formulas,
            Timeline = (arm.Model as CarbonAwareModel)?.TimelineAt(inputs),
        };

        double Value(string output)
        {
            double value = Output.Find(output)!.Value(outcome)!.Value;
            return double.IsFinite(value) ? value : throw new PlanException($"{output} of the arm {arm.Name} must come to a number (was {value}): the plan's figures are too large or too small for it.");
        }
    }
}

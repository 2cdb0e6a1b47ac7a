using Atoll.Footprint.Quantities;
using Atoll.Planning.File;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Analysis.Choice;

/// <summary>One thing that matters: less of it is better.</summary>
/// <param name="Name">As in the plan file: <c>cost</c>.</param>
/// <param name="Output">The figure by which arms are compared; null for privacy, which is a rank.</param>
internal sealed record Criterion(string Name, Output? Output)
{
    /// <summary>Between two arms: <c>is cheaper than</c>.</summary>
    public required string Beats { get; init; }

    /// <summary>After "is": <c>the cheapest</c>.</summary>
    public required string Best { get; init; }

    public double Weight { get; init; } = 1;

    /// <summary>A figure in a unit that suits. Three significant digits.</summary>
    public required Func<double, string> Print { get; init; }

    /// <summary>The factor by which a loss goes down with the parameters: L ∝ N^−0.0953 of data-parallel training.</summary>
    /// <remarks>Charles et al. 2025, "Scaling Laws for DiLoCo". <see href="https://arxiv.org/abs/2503.09799"/></remarks>
    private const double LossExponent = 0.0953;

    public static Criterion Time { get; } = Of("time", "wall-clock-hours", "is faster than", "the fastest", h => new Quantity<Time>(h * 3600).ToString());

    public static Criterion Cost { get; } = Of("cost", "cost-usd.total", "is cheaper than", "the cheapest", Dollars);

    public static Criterion Carbon { get; } = Of("carbon", "carbon-kg.total", "emits less than", "the lowest in carbon", kg => new Quantity<Carbon>(kg * 1e3).ToString());

    public static Criterion Energy { get; } = Of("energy", "energy-kwh.total", "takes less energy than", "the lowest in energy", kWh => new Quantity<Energy>(kWh * 3.6e6).ToString());

    public static Criterion Water { get; } = Of("water", "water-litres", "takes less water than", "the lowest in water", l => new Quantity<Water>(l).ToString());

    public static Criterion Accuracy { get; } = Of("accuracy", "loss-ratio", "reaches a lower loss than", "the most accurate", r => QuantityText.Digits(Math.Round(r, 4)));

    public static Criterion Privacy { get; } = new("privacy", null)
    {
        Beats = "moves less raw data than",
        Best = "the most private",
        Print = rank => (RawDataMovement)(int)rank switch { RawDataMovement.None => "raw data stay where they are", RawDataMovement.Part => "part of the raw data moves", _ => "all raw data move" },
    };

    /// <summary>Those with a weight, the heaviest first; time, cost and carbon alike where none has one.</summary>
    public static IReadOnlyList<Criterion> Of(Objective? objective)
    {
        Criterion[] weighed = objective is null ? [] : [.. new[]
        {
            Time with { Weight = objective.Time }, Cost with { Weight = objective.Cost }, Carbon with { Weight = objective.Carbon }, Energy with { Weight = objective.Energy },
            Water with { Weight = objective.Water }, Privacy with { Weight = objective.Privacy }, Accuracy with { Weight = objective.Accuracy },
        }.Where(c => c.Weight > 0).OrderByDescending(c => c.Weight)];
        return weighed.Length > 0 ? weighed : [Time, Cost, Carbon];
    }

    /// <summary>The arm's figure, in the output's unit; NaN where the model does not know it.</summary>
    public double Figure(Alternative arm, ArmOutcome outcome) => Output is null ? (double)arm.RawData : Output.Value(outcome) ?? double.NaN;

    /// <summary>What enters the score: a positive figure whose ratios count.</summary>
    /// <remarks>
    /// Privacy: 1 where raw data stay, 2 where part of them moves, 4 where all do. Accuracy: the factor by which a data-parallel model could be smaller to lose as much,
    /// r^(1/0.0953) of a loss ratio r; 1 where no law tells the ratio.
    /// </remarks>
    public double Weighable(double figure) => Name switch
    {
        "privacy" => Math.Pow(2, figure),
        "accuracy" => double.IsNaN(figure) ? 1 : Math.Pow(figure, 1 / LossExponent),
        _ => figure,
    };

    private static Criterion Of(string name, string output, string beats, string best, Func<double, string> print) =>
        new(name, Output.Find(output)!) { Beats = beats, Best = best, Print = print };

    private static string Dollars(double dollars) => Math.Abs(dollars) switch
    {
        >= 0.9995e9 => $"${QuantityText.Digits(dollars / 1e9)} billion",
        >= 0.9995e6 => $"${QuantityText.Digits(dollars / 1e6)} million",
        >= 1000 => $"${QuantityText.Digits(Significant.Three(dollars))}",
        _ => $"${QuantityText.Digits(dollars)}",
    };
}

using System.Text.Json.Serialization;
using Atoll.Dashboard.Figures;

namespace Atoll.Dashboard.Plans;

/// <summary>What the charts are drawn from, inlined into the page as JSON. Mirrored in <c>web/src/plan/model.ts</c>.</summary>
internal sealed record PlanData
{
    /// <summary>Inputs of a tornado, the most telling first.</summary>
    public const int MostInfluences = 12;

    public const int MostSteps = 1500;

    public required string Baseline { get; init; }

    public required string Recommended { get; init; }

    public required IReadOnlyList<PlanDataArm> Arms { get; init; }

    /// <summary>How each output reads, by its name.</summary>
    public required IReadOnlyDictionary<string, PlanDataFigure> Figures { get; init; }

    /// <summary>Every unit that occurs.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<UnitStep>> Units { get; init; }

    public required IReadOnlyList<PlanDataStack> Stacks { get; init; }

    public required IReadOnlyList<PlanDataSweep> Sweeps { get; init; }

    public static PlanData Of(PlanModel model)
    {
        var plan = model.Plan;
        var sweeps = plan.Sweeps.Select(sweep => SweepReading.Of(plan, sweep)).ToList();
        var figures = PlanFigure.All.ToDictionary(figure => figure.Name, figure => new PlanDataFigure(figure.Label, figure.Unit, figure.HigherIsBetter), StringComparer.Ordinal);
        foreach (var unknown in sweeps.Select(sweep => sweep.Sweep.Show).Concat(plan.Arms.SelectMany(arm => arm.Tornado).Select(influence => influence.Output)).Where(name => !figures.ContainsKey(name)).Distinct(StringComparer.Ordinal).ToList())
        {
            figures[unknown] = new(unknown, "", false);
        }

        return new()
        {
            Baseline = plan.Baseline,
            Recommended = plan.Recommendation.Arm,
            Arms = [.. plan.Arms.Select(arm => PlanDataArm.Of(model, arm))],
            Figures = figures,
            Units = figures.Values.Select(figure => figure.Unit)
                .Concat(plan.Sweeps.SelectMany(sweep => new[] { sweep.Unit, sweep.AgainstUnit ?? "" }))
                .Distinct(StringComparer.Ordinal).ToDictionary(unit => unit, unit => UnitScale.Of(unit).Steps, StringComparer.Ordinal),
            Stacks = [.. PlanStack.All.Select(stack => new PlanDataStack(stack.Name, stack.Label, stack.Total.Name, [.. stack.Parts.Select(part => part.Figure.Name)], [.. stack.Parts.Select(model.LabelOf)]))],
            Sweeps =
            [
                .. sweeps.Select(reading => new PlanDataSweep
                {
                    Vary = PlanWords.Capital(PathWords.Of(reading.Sweep.Vary)),
                    Unit = reading.Sweep.Unit,
                    Values = reading.Values,
                    Against = reading.IsMap ? PlanWords.Capital(PathWords.Of(reading.Sweep.Against!)) : null,
                    AgainstUnit = reading.IsMap ? reading.Sweep.AgainstUnit ?? "" : null,
                    AgainstValues = reading.IsMap ? reading.Against : null,
                    Show = reading.Sweep.Show,
                    Marks = reading.Marks,
                    Now = model.Input(reading.Sweep.Vary)?.Value,
                    AgainstNow = reading.Sweep.Against is { } against ? model.Input(against)?.Value : null,
                    Arms = reading.Arms.ToDictionary(arm => arm.Arm, arm => (IReadOnlyList<double?>)arm.Values, StringComparer.Ordinal),
                }),
            ],
        };
    }
}

internal sealed record PlanDataFigure(string Label, string Unit, bool HigherIsBetter);

internal sealed record PlanDataStack(string Name, string Label, string Total, IReadOnlyList<string> Parts, IReadOnlyList<string> Labels);

internal sealed record PlanDataSweep
{
    public required string Vary { get; init; }

    public required string Unit { get; init; }

    public required IReadOnlyList<double> Values { get; init; }

    public string? Against { get; init; }

    public string? AgainstUnit { get; init; }

    public IReadOnlyList<double>? AgainstValues { get; init; }

    public required string Show { get; init; }

    public required IReadOnlyList<double> Marks { get; init; }

    /// <summary>The input as the plan has it.</summary>
    public double? Now { get; init; }

    public double? AgainstNow { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<double?>> Arms { get; init; }
}

/// <summary>Compact, and with everything escaped that could end a script element.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanData))]
internal sealed partial class PlanDataJson : JsonSerializerContext;

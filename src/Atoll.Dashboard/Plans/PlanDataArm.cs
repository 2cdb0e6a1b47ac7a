using Atoll.Planning.Results;

namespace Atoll.Dashboard.Plans;

/// <summary>An arm as the charts need it: finite figures only, which JSON has words for.</summary>
internal sealed record PlanDataArm
{
    public required string Name { get; init; }

    /// <summary>Its place in the palette.</summary>
    public required int Slot { get; init; }

    public required bool IsOnFront { get; init; }

    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>5th and 95th percentile, by output.</summary>
    public required IReadOnlyDictionary<string, double[]> Ranges { get; init; }

    public required IReadOnlyList<PlanDataInfluence> Tornado { get; init; }

    public PlanDataTimeline? Timeline { get; init; }

    public static PlanDataArm Of(PlanModel model, ArmPlan arm) => new()
    {
        Name = arm.Name,
        Slot = model.Slot(arm.Name),
        IsOnFront = model.IsOnFront(arm),
        Values = PlanFigure.All.Where(figure => figure.In(arm) is not null).ToDictionary(figure => figure.Name, figure => figure.In(arm)!.Value, StringComparer.Ordinal),
        Ranges = PlanFigure.All.Where(figure => figure.Range(arm) is not null).ToDictionary(figure => figure.Name, figure => new[] { figure.Range(arm)!.P05, figure.Range(arm)!.P95 }, StringComparer.Ordinal),
        Tornado =
        [
            .. InfluenceReading.Of(model, arm).Take(PlanData.MostInfluences)
                .Select(reading => new PlanDataInfluence(PathWords.Of(reading.Influence.Input), reading.Influence.Output, reading.Influence.AtLow, reading.Influence.AtHigh, reading.Low, reading.High)),
        ],
        Timeline = arm.Timeline is { } timeline ? PlanDataTimeline.Of(timeline) : null,
    };
}

/// <param name="Input">Its path in words.</param>
/// <param name="Low">The input at the low end of its range, in words.</param>
/// <param name="High">At the high end.</param>
internal sealed record PlanDataInfluence(string Input, string Output, double AtLow, double AtHigh, string Low, string High);

/// <summary>Thinned to steps that can be told apart in a chart.</summary>
/// <param name="Start">Milliseconds since 1970.</param>
/// <param name="Step">Milliseconds of one step.</param>
internal sealed record PlanDataTimeline(double Start, double Step, IReadOnlyDictionary<string, double?[]> Intensity, IReadOnlyList<string?> Runs)
{
    public static PlanDataTimeline Of(Timeline timeline)
    {
        var stride = Math.Max(1, (int)Math.Ceiling((double)timeline.Runs.Count / PlanData.MostSteps));
        int[] kept = [.. Enumerable.Range(0, (timeline.Runs.Count + stride - 1) / stride).Select(i => i * stride)];
        return new(
            timeline.Start.ToUnixTimeMilliseconds(),
            timeline.StepSeconds * 1000 * stride,
            timeline.Intensity.ToDictionary(site => site.Key, site => kept.Select(i => i < site.Value.Count && double.IsFinite(site.Value[i]) ? site.Value[i] : (double?)null).ToArray(), StringComparer.Ordinal),
            [.. kept.Select(i => timeline.Runs[i])]);
    }
}

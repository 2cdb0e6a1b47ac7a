using Atoll.Planning.Results;

namespace Atoll.Dashboard.Plans;

/// <summary>One bar of a tornado in words.</summary>
/// <param name="Low">The input at the low end of its range.</param>
/// <param name="High">At the high end.</param>
internal sealed record InfluenceReading(Influence Influence, PlanFigure? Figure, string Low, string High)
{
    /// <summary>Those that can be drawn, the most telling first as the plan has them.</summary>
    public static IEnumerable<InfluenceReading> Of(PlanModel model, ArmPlan arm) =>
        arm.Tornado.Where(influence => double.IsFinite(influence.AtLow) && double.IsFinite(influence.AtHigh)).Select(influence =>
        {
            var input = model.InputIndex(influence.Input) is { } index ? model.Plan.Provenance[index] : null;
            return new InfluenceReading(
                influence,
                PlanFigure.Find(influence.Output),
                input is null ? "at its lowest" : Figures.Figure.Amount(input.Low, input.Unit),
                input is null ? "at its highest" : Figures.Figure.Amount(input.High, input.Unit));
        });

    public string Text(double value) => Figure is { } figure ? figure.Text(value) : Figures.Figure.Amount(value, "");
}

using Atoll.Dashboard.Figures;
using Atoll.Footprint.Quantities;
using Atoll.Planning.Results;
using Spectre.Console;

namespace Atoll.Cli.Planning;

/// <summary>A plan on the terminal: the arms side by side, what was asked, what would change the answer, and the answer.</summary>
internal static class PlanView
{
    /// <summary>More stand on the page.</summary>
    private const int MostBreakEvens = 5;

    public static void Show(PlanResult plan, Terminal terminal)
    {
        terminal.Paragraph($"{plan.Name}: {plan.Workload}", new Style(decoration: Decoration.Bold));
        terminal.Line();
        Arms(plan).WriteTo(terminal);
        if (plan.Draws > 0)
        {
            terminal.Line();
            terminal.Paragraph($"5 to 95 % of {plan.Draws:#,0} draws over the inputs' ranges:");
            Ranges(plan).WriteTo(terminal);
        }
        foreach (string note in plan.Notes)
        {
            terminal.Line();
            terminal.Entry("Note  ", note);
        }
        if (plan.Solved.Count > 0)
        {
            terminal.Line();
            terminal.Line("Solved", new Style(decoration: Decoration.Bold));
            foreach (Solution solution in plan.Solved)
            {
                terminal.Paragraph("- " + Sentence(solution), indent: 2);
            }
        }
        if (plan.BreakEvens.Count > 0)
        {
            terminal.Line();
            terminal.Line("Break-evens", new Style(decoration: Decoration.Bold));
            foreach (BreakEven flip in plan.BreakEvens.Take(MostBreakEvens))
            {
                terminal.Paragraph("- " + flip.Text, indent: 2);
            }
        }
        terminal.Line();
        terminal.Paragraph($"Recommended: {plan.Recommendation.Arm}", new Style(decoration: Decoration.Bold));
        foreach (string reason in plan.Recommendation.Reasons)
        {
            terminal.Paragraph("- " + reason, indent: 2);
        }
    }

    private static FittedTable Arms(PlanResult plan) => new FittedTable()
        .Add("arm", plan.Arms.Select(a => a.Name == plan.Recommendation.Arm ? $"{a.Name} *" : a.Name), isText: true)
        .Add("time", plan.Arms.Select(a => Hours(a.WallClockHours)))
        .Add("busy", plan.Arms.Select(a => $"{100 * a.Utilization:0.0} %"), importance: 5)
        .Add("energy", plan.Arms.Select(a => Energies(a.EnergyKWh.Total)), importance: 6)
        .Add("carbon", plan.Arms.Select(a => Carbons(a.CarbonKg.Total)))
        .Add("water", plan.Arms.Select(a => (a.WaterLitres * Water.Litre).ToString()), importance: 2)
        .Add("cost", plan.Arms.Select(a => Dollars(a.CostUsd.Total)))
        .Add("$/EFLOP", plan.Arms.Select(a => a.CostPerExaflopUsd is { } cost ? QuantityText.Digits(cost) : "–"), importance: 3)
        .Add("PUE", plan.Arms.Select(a => $"{a.EffectivePue:0.00}"), importance: 4)
        .Add("loss", plan.Arms.Select(a => a.LossRatio is { } ratio ? $"{100 * (ratio - 1):+0.0;−0.0;±0.0} %" : "–"), importance: 1);

    private static FittedTable Ranges(PlanResult plan) => new FittedTable()
        .Add("arm", plan.Arms.Select(a => a.Name), isText: true)
        .Add("time", plan.Arms.Select(a => Range(a, "wallClockHours", Hours)), importance: 2)
        .Add("energy", plan.Arms.Select(a => Range(a, "energyKWh.total", Energies)), importance: 1)
        .Add("carbon", plan.Arms.Select(a => Range(a, "carbonKg.total", Carbons)))
        .Add("cost", plan.Arms.Select(a => Range(a, "costUsd.total", Dollars)));

    private static string Range(ArmPlan arm, string output, Func<double, string> text) =>
        arm.Range.GetValueOrDefault(output) is not { } range ? "–" : text(range.P05) == text(range.P95) ? text(range.P05) : $"{text(range.P05)} – {text(range.P95)}";

    private static string Sentence(Solution solution) => solution.Value is { } value
        ? $"{solution.Vary} of {Figure.Amount(value, solution.Unit)} brings {solution.Until} to {QuantityText.Digits(solution.Reaches)}.{(solution.Note is { } note ? " " + note : "")}"
        : $"No value of {solution.Vary} brings {solution.Until} to {QuantityText.Digits(solution.Reaches)}.{(solution.Note is { } why ? " " + why : "")}";

    private static string Hours(double hours) => (hours * Time.Hour).ToString();

    private static string Energies(double kilowattHours) => (kilowattHours * Energy.KilowattHour).ToString();

    private static string Carbons(double kilograms) => (kilograms * Carbon.Kilogram).ToString();

    private static string Dollars(double dollars) => dollars >= 1e6 ? $"$ {QuantityText.Digits(dollars / 1e6)} M" : $"$ {QuantityText.Digits(dollars)}";
}

using Atoll.Experiments.Results;
using System.Text.Json;
using Atoll.Dashboard.Figures;
using Atoll.Dashboard.Pages;
using Atoll.Planning.Results;

namespace Atoll.Dashboard.Plans;

/// <summary>A plan as the page's sections see it.</summary>
/// <remarks>Public only because the Razor compiler makes every component public; its members are not.</remarks>
public sealed class PlanModel : PageModel
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnitStep?> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _inputs;

    internal PlanModel(PlanResult plan, string? script)
        : base(script)
    {
        Plan = plan;
        var next = 0;
        foreach (var arm in plan.Arms)
        {
            _slots[arm.Name] = arm.Name == plan.Baseline ? 0 : 2 + (next++ % Colours);
        }

        foreach (var figure in PlanFigure.All)
        {
            _columns[figure.Name] = UnitScale.Of(figure.Unit).Shared(plan.Arms.Select(figure.In));
        }

        _inputs = plan.Provenance.Select((input, i) => (input.Path, i)).DistinctBy(pair => pair.Path).ToDictionary(pair => pair.Path, pair => pair.i, StringComparer.Ordinal);
    }

    internal PlanResult Plan { get; }

    internal IReadOnlyList<ArmPlan> Arms => Plan.Arms;

    /// <summary>Null where no arm has the baseline's name.</summary>
    internal ArmPlan? Baseline => Arms.FirstOrDefault(arm => arm.Name == Plan.Baseline);

    /// <summary>Null where no arm has the recommended name.</summary>
    internal ArmPlan? Recommended => Arms.FirstOrDefault(arm => arm.Name == Plan.Recommendation.Arm);

    internal override string DataName => "plan-data";

    internal override int Slot(string arm) => _slots.GetValueOrDefault(arm, 2);

    internal bool IsBaseline(ArmPlan arm) => arm.Name == Plan.Baseline;

    internal bool IsOnFront(ArmPlan arm) => Plan.Pareto.Contains(arm.Name);

    /// <summary>A figure in the unit that the figure has in every arm, where one fits all.</summary>
    internal string Text(ArmPlan arm, PlanFigure figure) => figure.In(arm) is { } value ? UnitScale.Text(value, StepOf(figure, value)) : Figure.None;

    /// <summary>The figure's 5 to 95 % range in the figure's own unit; null where none was drawn or it is too narrow to be seen.</summary>
    internal string? Range(ArmPlan arm, PlanFigure figure)
    {
        if (figure.In(arm) is not { } value || figure.Range(arm) is not { } range || range.P05 == range.P95)
        {
            return null;
        }

        var step = StepOf(figure, value);
        return UnitScale.Ends(range.P05, range.P95, step);
    }

    /// <summary>Whether no other arm has a better figure, and some arm a worse one.</summary>
    internal bool IsBest(ArmPlan arm, PlanFigure figure)
    {
        double[] all = [.. Arms.Select(figure.In).OfType<double>()];
        return figure.In(arm) is { } value && all.Length > 1 && !IsLevel(all.Min(), all.Max()) && IsLevel(value, figure.HigherIsBetter ? all.Max() : all.Min());
    }

    /// <summary>Whether two figures are the same to the digits that are shown: which is better would be rounding's choice.</summary>
    internal static bool IsLevel(double a, double b) => Math.Abs(a - b) <= 0.0005 * Math.Max(Math.Abs(a), Math.Abs(b));

    /// <summary>Carbon-aware arms wait for nobody.</summary>
    internal string LabelOf(PlanPart part) => part.Figure.Name != "waiting-hours" || !Arms.Any(arm => arm.Kind == "carbon-aware") ? part.Label
        : Arms.All(arm => arm.Kind == "carbon-aware" || arm.WaitingHours is 0) ? "waiting for cleaner power" : "waiting for others or for cleaner power";

    /// <summary>The id of the card that says where a figure comes from.</summary>
    internal string CardId(ArmPlan arm, PlanFigure figure) => $"from-{Arms.TakeWhile(other => !ReferenceEquals(other, arm)).Count()}-{figure.Id}";

    /// <summary>An input's place in the table of inputs; null where it is not there.</summary>
    internal int? InputIndex(string path) => _inputs.TryGetValue(path, out var index) ? index : null;

    /// <summary>Null where the plan does not say where an input is from, or its value is no number.</summary>
    internal FigureSource? Input(string path) => InputIndex(path) is { } index && double.IsFinite(Plan.Provenance[index].Value) ? Plan.Provenance[index] : null;

    internal override string DataJson() => JsonSerializer.Serialize(PlanData.Of(this), PlanDataJson.Default.PlanData);

    private UnitStep StepOf(PlanFigure figure, double value) => _columns[figure.Name] ?? UnitScale.Of(figure.Unit).Step(value);
}

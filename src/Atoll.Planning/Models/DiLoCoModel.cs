using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Models;

/// <summary>Sites train apart; after every so many steps the changes of the whole model are averaged.</summary>
/// <remarks>Time: <see cref="LayerQueue"/> with one exchange each <c>inner-steps</c>, or <see cref="IdealizedDiLoCo.DiLoCo"/>. Loss: <see cref="DiLoCoLoss"/>.</remarks>
internal sealed class DiLoCoModel : IArmModel
{
    private readonly IslandTraining _training;

    private DiLoCoModel(ArmContext context, IslandTraining training)
    {
        _training = training;
        (string text, string source) = training.Timing is ExchangeTiming.Queue
            ? ("steps / inner steps × the delay of a step after whose backward pass all layers' changes queue on the slowest link", "Douillard et al. 2025, arXiv 2501.18512, Table 4")
            : ("steps × ((2 × bits/bandwidth inside)(1 − sites/count) + latency inside) + steps / inner steps × ((2 × bits/bandwidth between)(1 − 1/count) + latency between)",
                "Charles et al. 2025, Scaling Laws for DiLoCo, arXiv 2503.09799");
        Formulas = [.. IslandArm.Formulas(context, training, text, source), IslandArm.Loss(context, training.Sites.Count, "")];
    }

    public IReadOnlyList<Formula> Formulas { get; }

    public static (IArmModel Model, PrivacyPlan Privacy)? Create(DiLoCo arm, ArmContext context)
    {
        Pace pace = new() { BitsIndex = context.Note("bits", arm.Bits), InnerStepsIndex = context.Note("inner-steps", arm.InnerSteps) };
        IslandTraining training = IslandArm.Training(context, arm.Sites, pace, arm.Timing);
        return (new DiLoCoModel(context, training), IslandArm.Privacy(training, "changes of the model", $"after every {arm.InnerSteps} steps"));
    }

    public ArmOutcome Evaluate(ReadOnlySpan<double> inputs) =>
        _training.Evaluate(inputs, DiLoCoLoss.Ratio(_training.Sites.Count, _training.Workload.Parameters(inputs)));
}

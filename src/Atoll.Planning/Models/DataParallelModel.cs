using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>Gradients of every step are averaged over all sites, layer by layer behind the backward pass.</summary>
/// <remarks>Time: <see cref="Timing.LayerQueue"/> with one exchange a step, or <see cref="Timing.IdealizedDiLoCo.DataParallel"/>. The loss is that of one site with the whole batch.</remarks>
internal sealed class DataParallelModel : IArmModel
{
    private readonly IslandTraining _training;

    private DataParallelModel(ArmContext context, IslandTraining training)
    {
        _training = training;
        (string text, string source) = training.Timing is ExchangeTiming.Queue
            ? ("steps × the delay of a step whose layers' gradients queue on the slowest link: the next forward of a layer waits for its average", "Douillard et al. 2025, arXiv 2501.18512, Table 4")
            : ("steps × ((2 × bits/bandwidth)(1 − 1/count) + latency)", "Charles et al. 2025, Scaling Laws for DiLoCo, arXiv 2503.09799");
        Formulas =
        [
            .. IslandArm.Formulas(context, training, text, source),
            new() { Output = "loss-ratio", Text = "1: the same gradients as at one site", Inputs = [] },
        ];
    }

    public IReadOnlyList<Formula> Formulas { get; }

    public static (IArmModel Model, PrivacyPlan Privacy)? Create(DataParallel arm, ArmContext context)
    {
        Pace pace = new() { BitsIndex = context.Note("bits", arm.Bits) };
        IslandTraining training = IslandArm.Training(context, arm.Sites, pace, arm.Timing);
        return (new DataParallelModel(context, training), IslandArm.Privacy(training, "gradients", "at every step"));
    }

    public ArmOutcome Evaluate(ReadOnlySpan<double> inputs) => _training.Evaluate(inputs, lossRatio: 1);
}

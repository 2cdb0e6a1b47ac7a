using Atoll.Planning.Arms;
using Atoll.Planning.Results;
using Atoll.Planning.Sites;
using Atoll.Planning.Timing;

namespace Atoll.Planning.Models;

/// <summary>DiLoCo whose exchange is cut into fragments of layers that lie apart, spread over the inner steps and hidden behind them.</summary>
/// <remarks>
/// Time: <see cref="LayerQueue"/> with fragments, or <see cref="IdealizedDiLoCo.Streaming"/>. Loss: that of DiLoCo, as the paper found no measurable loss by streaming,
/// overlap of a few steps and four bits.
/// </remarks>
internal sealed class StreamingDiLoCoModel : IArmModel
{
    /// <summary>Where the file gives no number of fragments: as in the paper.</summary>
    private const int LayersInFragment = 3;

    private readonly IslandTraining _training;

    private StreamingDiLoCoModel(ArmContext context, IslandTraining training)
    {
        _training = training;
        (string text, string source) = training.Timing is ExchangeTiming.Queue
            ? ("steps × the delay of a step, where layer l goes with fragment l mod fragments, fragments queue on the slowest link inner steps / fragments apart, and a layer's forward waits for its own after the overlap",
                "Douillard et al. 2025, arXiv 2501.18512, Table 4")
            : ("as DiLoCo; with overlap, exchanges between sites are waited for only as far as they last longer than the computing", "Charles et al. 2025, Scaling Laws for DiLoCo, arXiv 2503.09799");
        Formulas =
        [
            .. IslandArm.Formulas(context, training, text, source),
            IslandArm.Loss(context, training.Sites.Count, "; streaming, overlap and 4 bits lose nothing measurable beside (arXiv 2501.18512)"),
        ];
    }

    public IReadOnlyList<Formula> Formulas { get; }

    public static (IArmModel Model, PrivacyPlan Privacy)? Create(StreamingDiLoCo arm, ArmContext context)
    {
        if (arm.Overlap >= arm.InnerSteps)
        {
            context.Refuse("overlap", $"must be below inner-steps, {arm.InnerSteps} (was {arm.Overlap}): a fragment must have come before it is sent again");
            return null;
        }
        int fragments = arm.Fragments ?? Math.Min(arm.InnerSteps, (context.Workload.Layers + LayersInFragment - 1) / LayersInFragment);
        Pace pace = new()
        {
            BitsIndex = context.Note("bits", arm.Bits),
            InnerStepsIndex = context.Note("inner-steps", arm.InnerSteps),
            FragmentsIndex = context.Note("fragments", fragments),
            OverlapIndex = context.Note("overlap", arm.Overlap),
        };
        IslandTraining training = IslandArm.Training(context, arm.Sites, pace, arm.Timing);
        return (new StreamingDiLoCoModel(context, training), IslandArm.Privacy(training, "changes of the model", $"within every {arm.InnerSteps} steps, fragment by fragment,"));
    }

    public ArmOutcome Evaluate(ReadOnlySpan<double> inputs) =>
        _training.Evaluate(inputs, DiLoCoLoss.Ratio(_training.Sites.Count, _training.Workload.Parameters(inputs)));
}

using Atoll.Planning.Arms;
using Atoll.Planning.Sites;

namespace Atoll.Planning.Models;

/// <summary>How the figures of a carbon-aware arm come from inputs, in words.</summary>
internal static class CarbonAwareFormulas
{
    private const string Source = "Wiesner et al. 2021, \"Let's wait awhile\" (temporal shifting), doi:10.1145/3464298.3493399";

    public static IEnumerable<Formula> Of(CarbonAware arm, ArmContext context, IReadOnlyList<SiteInputs> sites, CarbonAwareMoves? moves, CarbonAwareWindows windows, IReadOnlyList<IArmModel> centralized)
    {
        string[] grids = AccountFormulas.Paths(context.Inputs, [.. sites.Select(s => (int?)s.GridIndex), windows.SlackIndex, windows.DeadlineIndex]);
        string[] moved = moves is null ? [] : AccountFormulas.Paths(context.Inputs, [moves.BitsIndex, context.Workload.ParametersIndex, .. moves.Links.SelectMany(l => l.TimeIndices)]);
        string how = arm.Strategy switch
        {
            ShiftStrategy.Defer => "the one piece within the window",
            ShiftStrategy.Interrupt => "the steps within the window",
            _ => "the steps and sites within the window, moves of the checkpoint counted,",
        };
        string mean = arm.Start is null ? "; the mean over all starts of the traces" : "";
        foreach (Formula formula in centralized.SelectMany(c => c.Formulas).GroupBy(f => f.Output).Select(Merged))
        {
            yield return formula.Output switch
            {
                "carbon-kg.location-based" => formula with { Text = $"energy of each facility × intensity of its grid in {how} where the sum over intensities is least{mean}", Source = Source, Inputs = [.. formula.Inputs.Union(grids).Union(moved)] },
                "wall-clock-hours" => formula with { Text = $"movement + time to the end of {how} where the sum over intensities is least{mean}", Source = Source, Inputs = [.. formula.Inputs.Union(grids).Union(moved)] },
                "exposed-communication-hours" => formula with { Text = formula.Text + (moved.Length > 0 ? "; and parameters × bits of the checkpoint / bandwidth + latency, for each move" : ""), Inputs = [.. formula.Inputs.Union(moved)] },
                _ => formula,
            };
        }
        yield return new()
        {
            Output = "waiting-hours",
            Text = "time to the end − time of running and moving: what the job waits for cleaner electricity",
            Source = Source,
            Inputs = [.. grids.Union(moved)],
        };
    }

    /// <summary>The sites' formulas of one output are the same but for their inputs.</summary>
    private static Formula Merged(IGrouping<string, Formula> group) => group.First() with { Inputs = [.. group.SelectMany(f => f.Inputs).Distinct()] };
}

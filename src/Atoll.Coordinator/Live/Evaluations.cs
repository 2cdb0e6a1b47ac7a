using Atoll.Coordinator.Live.Record;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>Which models a site has still to hold against its test rows. A site trains before it evaluates, but falls no more than one model behind.</summary>
/// <remarks>Called under the log's gate.</remarks>
internal static class Evaluations
{
    /// <summary>Models that may still be asked for; older ones are passed over.</summary>
    private const int Kept = 3;

    /// <summary>Of the arm under way, the oldest first.</summary>
    public static IReadOnlyList<DoneRound> PendingAt(RunLog log, int site)
    {
        if (log.State.Arm >= log.Record.Arms.Length || !log.State.Participants.Contains(site) || log.Record.Sites[site].Prepared is not { } rows)
        {
            return [];
        }
        ArmRecord arm = log.Record.Arms[log.State.Arm];
        return rows[arm.Name].TestRows == 0 ? [] : [.. Due(arm).Where(round => arm.Findings.GetValueOrDefault(round.Number)?.ContainsKey(site) != true)];
    }

    /// <summary>Contents that must be there: to evaluate, to begin tasks from, and to go on from after a crash, with the open round's updates.</summary>
    public static HashSet<Digest> Needed(RunLog log)
    {
        HashSet<Digest> needed = [.. log.Record.Arms.Select(arm => arm.End?.Model).OfType<Digest>()];
        foreach (ArmRecord arm in log.Record.Arms.Where(arm => arm.End is null))
        {
            needed.UnionWith(Due(arm).Select(round => round.Model));
            needed.UnionWith(arm.Tasks.Values.Where(task => task.IsOpen).Select(task => task.Model)); // where updates are buffered, of earlier rounds too
            needed.UnionWith(arm.Open?.Updates.Select(update => update.Body) ?? []);
            needed.UnionWith(new[] { arm.State, arm.Published?.Model, arm.Done.Count > 0 ? arm.Done[^1].Model : null }.OfType<Digest>());
        }
        return needed;
    }

    /// <summary>The models that sites may still be asked for, the oldest first.</summary>
    public static IReadOnlyList<DoneRound> Due(ArmRecord arm)
    {
        List<DoneRound> due = [];
        for (int i = arm.Done.Count - 1; i >= 0 && due.Count < Kept; i--)
        {
            if (arm.IsDue(arm.Done[i].Number))
            {
                due.Insert(0, arm.Done[i]);
            }
        }
        return due;
    }
}

using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Live.Record;
using Atoll.Experiments.Protocol;

namespace Atoll.Coordinator.Live;

/// <summary>A live run at a glance: what its ledger says, and what only this process knows, which is who is connected and how far the tasks are.</summary>
internal sealed class LiveStatus(RunLog log)
{
    private RunStatus? _folded;
    private RunState? _foldedState;
    private long _foldedEntries;

    public RunStatus Read()
    {
        (long size, Ledger.Merkle.Digest root) = log.Writer.Top();
        lock (log.Gate)
        {
            RunStatus folded = Folded(size, root);
            return folded with { Reason = log.State.Reason, Now = log.Request.Time.GetUtcNow(), Sites = [.. folded.Sites.Select(Present)] };
        }
    }

    /// <summary>Anybody may ask, and often: it is folded again only where something happened since.</summary>
    private RunStatus Folded(long size, Ledger.Merkle.Digest root)
    {
        if (_folded is null || _folded.Ledger.Size != size || _foldedEntries != log.Fold.Entries || !ReferenceEquals(_foldedState, log.State))
        {
            (_folded, _foldedEntries, _foldedState) = (log.Fold.Status(size, root), log.Fold.Entries, log.State);
        }
        return _folded;
    }

    private SiteStatus Present(SiteStatus site, int index)
    {
        bool trains = TaskOf(index) is { IsOpen: true };
        return site with
        {
            Activity = site.Activity != SiteActivity.Enrolled ? site.Activity : !trains ? SiteActivity.Online : IsLate() ? SiteActivity.Late : SiteActivity.Training,
            Seen = log.Presence.Of(index),
            Done = trains ? log.Presence.Done(index) : null,
        };
    }

    private bool IsLate() => log.Arm?.Training is not null && log.Request.Experiment.Live?.RoundDeadline is { } deadline && log.Request.Time.GetUtcNow() - log.State.OpenedAt >= TimeSpan.FromSeconds(deadline.Value);

    private TaskRecord? TaskOf(int site) => log.Arm is { } arm && !log.State.IsOver ? log.Record.Arm(arm.Name)?.Tasks.GetValueOrDefault(site) : null;
}

using Atoll.Coordinator.Live.Machine;
using Atoll.Coordinator.Live.Record;
using Atoll.Experiments.Protocol;

namespace Atoll.Coordinator.Live;

/// <summary>A live run at a glance, read from its record; who is connected is this process's own.</summary>
internal sealed class LiveStatus(RunLog log)
{
    public RunStatus Read()
    {
        (long size, Ledger.Merkle.Digest root) = log.Writer.Top();
        lock (log.Gate)
        {
            return new RunStatus
            {
                Run = log.Request.Run,
                Name = log.Request.Experiment.Name,
                Seed = log.Request.Experiment.Seed,
                Phase = log.State.Phase,
                Reason = log.State.Reason,
                Started = log.Record.Started,
                Now = log.Request.Time.GetUtcNow(),
                Arms = [.. log.Record.Arms.Select(Arm)],
                Sites = [.. log.Record.Sites.Select(Site)],
                Rejections = [.. log.Record.Rejections],
                Rejected = log.Record.Rejected,
                Ledger = new LedgerStatus { Size = size, Root = root, Fingerprint = log.Request.Key.PublicKey.Fingerprint },
            };
        }
    }

    private ArmStatus Arm(ArmRecord arm) => new()
    {
        Name = arm.Name,
        Completed = arm.Completed,
        Rounds = arm.Rounds,
        Parameters = log.Networks?.GetValueOrDefault(arm.Name)?.ParameterCount ?? 0,
        BytesUp = arm.BytesUp,
        BytesDown = arm.BytesDown,
        Stopped = arm.End?.Stopped,
        Model = arm.Done.Count > 0 ? arm.Done[^1].Model : null,
        Updates = arm.Open?.Updates.Count ?? 0,
        Asked = arm.Open?.Asked ?? 0,
        Results = LiveResult.Rounds(arm),
    };

    private SiteStatus Site(SiteRecord site)
    {
        PreparedRows? rows = site.Prepared?.Values.FirstOrDefault();
        bool trains = TaskOf(site) is { IsOpen: true };
        return new()
        {
            Name = site.Name,
            Activity = ActivityOf(site, trains),
            Seen = log.Presence.Of(site.Index),
            Done = trains ? log.Presence.Done(site.Index) : null,
            TrainRows = rows?.TrainRows,
            TestRows = rows?.TestRows,
            Labels = rows?.Labels ?? new Dictionary<string, int>(),
            Updates = site.Updates,
            Rejected = site.Rejected,
            EnergyJoules = site.Joules.Values.Sum(),
            EnergyBasis = site.Joules.Count == 0 ? null : string.Join(" and ", site.Joules.Keys),
            Metrics = site.Metrics,
        };
    }

    private SiteActivity ActivityOf(SiteRecord site, bool trains)
    {
        RunSite state = log.State.Sites[site.Index];
        bool isLate = trains && log.Arm?.Training is not null && log.Request.Experiment.Live?.RoundDeadline is { } deadline && log.Request.Time.GetUtcNow() - log.State.OpenedAt >= TimeSpan.FromSeconds(deadline.Value);
        return !state.Enrolled ? SiteActivity.Expected : state.Lost ? SiteActivity.Lost : isLate ? SiteActivity.Late : trains ? SiteActivity.Training : SiteActivity.Online;
    }

    private TaskRecord? TaskOf(SiteRecord site) => log.Arm is { } arm ? log.Record.Arm(arm.Name)?.Tasks.GetValueOrDefault(site.Index) : null;
}

using Atoll.Coordinator.Live;
using Atoll.Coordinator.Models;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Models;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Entries;
using Atoll.Planning.Workloads;
using Atoll.Simulation.Arms;
using Atoll.Simulation.Tests.Fixtures;

namespace Atoll.Simulation.Tests.Live;

/// <summary>A buffered arm as its ledger has it, and sites that answer in the order of a simulation's virtual clock: which order that is follows from the ledger alone.</summary>
internal sealed class BufferWatch(LiveLab lab, string name)
{
    private readonly FederatedArm _arm = (FederatedArm)lab.Experiment.Arms[name];
    private readonly Network _network = Lab.Prepared(lab.Experiment, name).Network;
    private readonly int[] _rows = [.. Lab.Prepared(lab.Experiment, name).Data.Sites.Select(site => site.Train.Length)];

    /// <summary>All sites join and prepare their rows, where they have not.</summary>
    public async Task BeginAsync(LiveRun run)
    {
        foreach (LiveSite site in lab.Sites.Where(site => run.KeyOf(site.Name) is null))
        {
            await site.JoinAsync(run);
        }
        for (int i = 0; i < lab.Sites.Count; i++)
        {
            await UntilAsync(run, () => run.Status().Phase != RunPhase.Enrolling);
            if (run.Status().Sites[i].TrainRows is null)
            {
                await lab.Sites[i].DoAsync(run, (await run.NextWorkAsync(lab.Sites[i].Name, TimeSpan.FromSeconds(30), default)).ShouldBeOfType<PrepareWork>());
            }
        }
    }

    /// <summary>Updates come as they would in a simulation, until the arm has changed its model for the last time.</summary>
    public async Task DriveAsync(LiveRun run)
    {
        while (await SettledAsync(run) is { Completed: var completed, UnderWay: var underWay } && completed < _arm.Rounds)
        {
            await AnswerAsync(run, lab.Sites[underWay.Min!.Site]);
        }
    }

    /// <summary>A site does what it is told, up to its task's update.</summary>
    public static async Task AnswerAsync(LiveRun run, LiveSite site)
    {
        Work work;
        do
        {
            work = await run.NextWorkAsync(site.Name, TimeSpan.FromSeconds(30), default);
            await site.DoAsync(run, work);
        }
        while (work is EvaluateWork);
        work.ShouldBeOfType<TrainWork>();
    }

    /// <summary>When as many sites train as may, or none any more.</summary>
    public async Task<View> SettledAsync(LiveRun run)
    {
        View? view = null;
        await UntilAsync(run, async () =>
        {
            view = await LookAsync(run);
            return view.Completed == _arm.Rounds || (view.IsOpen && view.UnderWay.Count == _arm.Buffered!.Concurrency);
        });
        return view!;
    }

    public static async Task UntilAsync(LiveRun run, Func<Task<bool>> isSo)
    {
        for (long size = run.Status().Ledger.Size; !await isSo(); size = run.Status().Ledger.Size)
        {
            await run.ChangedAsync(size, default).WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public static Task UntilAsync(LiveRun run, Func<bool> isSo) => UntilAsync(run, () => Task.FromResult(isSo()));

    public async Task<View> LookAsync(LiveRun run)
    {
        View view = new();
        await foreach (ReadOnlyMemory<byte> line in run.LinesAsync(0, default))
        {
            Take(view, LedgerEntry.Parse(line));
        }
        return view;
    }

    /// <summary>SHA-256 of the last model's body, as anyone makes it who has the ledger and the bodies of its updates.</summary>
    /// <param name="folder">Of a run that kept them all.</param>
    public string Folded(string folder)
    {
        LedgerEntry[] entries = [.. File.ReadLines(lab[folder, "ledger.jsonl"]).Select(line => LedgerEntry.Parse(System.Text.Encoding.UTF8.GetBytes(line)))];
        GlobalModel model = new(_network.Initialize(lab.Experiment.Seed), _arm.LocalObjective, _arm.Aggregation, _arm.ServerOptimizer);
        foreach (RoundAggregated round in entries.Where(entry => entry.Kind == EntryKind.RoundAggregated).Select(entry => entry.Read<RoundAggregated>()))
        {
            PartialAggregate sum = model.NewPartial();
            foreach (UpdateReceived update in round.Updates.Select(index => entries[index].Read<UpdateReceived>()))
            {
                int staleness = (int)(round.Round - entries[update.Task!.Value].Read<TaskTaken>().Round);
                float[] vector = SafetensorsFile.Read(lab[folder, "blobs", update.Update.ToString()]).Tensors.Single().Values.ToArray();
                sum.Fold(vector, [], _arm.Aggregation.Weight((int)update.Rows!.Value), _arm.Aggregation.Normalizer(update.EffectiveSteps!.Value), _arm.Buffered!.Staleness.Divisor(staleness));
            }
            model.Apply([sum], 1, 1);
        }
        return SafetensorsFile.Sha256([new NamedTensor("weights", [model.Weights.Length], model.Weights)]);
    }

    private void Take(View view, LedgerEntry entry)
    {
        view.Entries.Add(entry);
        switch (entry.Kind)
        {
            case EntryKind.RoundOpened:
                view.IsOpen = true;
                break;
            case EntryKind.RoundAggregated:
                (view.IsOpen, view.Completed) = (false, view.Completed + 1);
                break;
            case EntryKind.TaskTaken:
                TaskTaken taken = entry.Read<TaskTaken>();
                int site = lab.Sites.ToList().FindIndex(site => site.Name == taken.Site), turn = (int)taken.Turn!.Value;
                (long work, _) = RoundWork.OfTask(_arm.Training, _rows[site], site, turn, lab.Experiment.Seed);
                Flight flight = new((int)entry.Index, site, turn, (int)taken.Round, view.Clock + new VirtualPace(_arm.Pace ?? new(), lab.Experiment.Seed).Of(site, turn, work));
                view.Flights[entry.Index] = flight;
                view.UnderWay.Add(flight);
                break;
            case EntryKind.UpdateReceived:
                view.End(entry.Read<UpdateReceived>().Task!.Value);
                break;
            case EntryKind.TaskFailed:
                view.End(entry.Read<TaskFailed>().Task);
                break;
            case EntryKind.SiteLost:
                view.UnderWay.RemoveWhere(flight => lab.Sites[flight.Site].Name == entry.Read<SiteLost>().Site);
                break;
        }
    }

    internal sealed class View
    {
        public List<LedgerEntry> Entries { get; } = [];

        public Dictionary<long, Flight> Flights { get; } = [];

        /// <summary>Tasks of sites that are not lost.</summary>
        public SortedSet<Flight> UnderWay { get; } = [];

        public TimeSpan Clock { get; private set; }

        public bool IsOpen { get; set; }

        public int Completed { get; set; }

        public void End(long task)
        {
            (Clock, Flight flight) = (Flights[task].Due, Flights[task]);
            UnderWay.Remove(flight);
        }
    }
}

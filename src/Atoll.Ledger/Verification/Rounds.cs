using System.Globalization;

namespace Atoll.Ledger.Verification;

/// <summary>Which rounds are open, and which updates wait in them to be counted: every accepted update in exactly one aggregation.</summary>
/// <remarks>Every method says what is wrong, and changes nothing then; null where all is well.</remarks>
internal sealed class Rounds
{
    private readonly Dictionary<(string? Arm, long Round), OpenRound> _open = [];
    private readonly Dictionary<string, long> _last = [];
    private readonly Dictionary<long, (string Site, string? Arm)> _tasks = [];

    public long Opened { get; private set; }

    public long Aggregated { get; private set; }

    public long Abandoned { get; private set; }

    public long UpdatesReceived { get; private set; }

    public long UpdatesCounted { get; private set; }

    public long UpdatesAbandoned { get; private set; }

    public string? Open(string? arm, long round)
    {
        if (_last.TryGetValue(arm ?? "", out long last) && round <= last)
        {
            return $"{Name(arm, round)} must come after round {last}, which was opened before";
        }
        _last[arm ?? ""] = round;
        _open[(arm, round)] = new();
        Opened++;
        return null;
    }

    public string? TakeTask(long entry, string site, string? arm, long round)
    {
        if (WhyNotOpen(arm, round) is { } closed)
        {
            return closed;
        }
        _tasks[entry] = (site, arm);
        return null;
    }

    public string? Receive(long entry, string site, string? arm, long round, long? task)
    {
        if (WhyNotOpen(arm, round) is { } closed)
        {
            return closed;
        }
        OpenRound open = _open[(arm, round)];
        if (task is { } index)
        {
            if (!_tasks.TryGetValue(index, out (string Site, string? Arm) taken) || taken != (site, arm))
            {
                return $"its task must be a task-taken entry of {site} that was not answered before (was {index})";
            }
            _tasks.Remove(index);
        }
        else if (!open.Sites.Add(site))
        {
            return $"{site} has an update in {Name(arm, round)} already";
        }
        open.Updates.Add(entry);
        UpdatesReceived++;
        return null;
    }

    /// <summary>A task that failed may not be answered any more.</summary>
    public string? Fail(long task, string site, string? arm)
    {
        if (!_tasks.TryGetValue(task, out (string Site, string? Arm) taken) || taken != (site, arm))
        {
            return $"its task must be a task-taken entry of {site} that was not answered before (was {task})";
        }
        _tasks.Remove(task);
        return null;
    }

    public string? Aggregate(string? arm, long round, IReadOnlyList<long> updates)
    {
        if (WhyNotOpen(arm, round) is { } closed)
        {
            return closed;
        }
        HashSet<long> waiting = _open[(arm, round)].Updates, counted = [];
        foreach (long update in updates)
        {
            if (!waiting.Contains(update))
            {
                return $"what it counts must be updates that {Name(arm, round)} received, but entry {update} is none";
            }
            if (!counted.Add(update))
            {
                return $"it counts entry {update} twice";
            }
        }
        if (counted.Count < waiting.Count)
        {
            return $"it must count every update that {Name(arm, round)} received, but leaves out entry {waiting.Except(counted).Min()}";
        }
        _open.Remove((arm, round));
        UpdatesCounted += counted.Count;
        Aggregated++;
        return null;
    }

    public string? Abandon(string? arm, long round)
    {
        if (WhyNotOpen(arm, round) is { } closed)
        {
            return closed;
        }
        _open.Remove((arm, round), out OpenRound? open);
        UpdatesAbandoned += open!.Updates.Count;
        Abandoned++;
        return null;
    }

    /// <summary>What keeps the run from being finished.</summary>
    public string? Unfinished() => _open.Count == 0 ? null
        : $"a run that is finished must have no open round, but {Name(_open.Keys.First().Arm, _open.Keys.First().Round)} was neither aggregated nor abandoned";

    public string? WhyNotOpen(string? arm, long round) => _open.ContainsKey((arm, round)) ? null : $"{Name(arm, round)} must be open, but is not";

    private static string Name(string? arm, long round) => string.Create(CultureInfo.InvariantCulture, $"round {round}{(arm is null ? "" : $" of {arm}")}");

    private sealed class OpenRound
    {
        public HashSet<long> Updates { get; } = [];

        public HashSet<string> Sites { get; } = [];
    }
}

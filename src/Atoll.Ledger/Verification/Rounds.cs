using System.Globalization;
using Atoll.Ledger.Merkle;

namespace Atoll.Ledger.Verification;

/// <summary>
/// Which rounds are open, and which updates wait in them to be counted: every accepted update in exactly one aggregation. And which model an arm has: only aggregation changes it, so what is
/// published, trained from and evaluated is what the round before ended with.
/// </summary>
/// <remarks>Every method says what is wrong, and changes nothing then; null where all is well.</remarks>
internal sealed class Rounds
{
    private readonly Dictionary<(string? Arm, long Round), OpenRound> _open = [];
    private readonly Dictionary<string, long> _last = [];
    private readonly Dictionary<long, (string Site, string? Arm)> _tasks = [];
    private readonly Dictionary<string, Digest> _models = [];
    private readonly Dictionary<(string? Arm, long Round), Digest> _published = [], _after = [];
    private readonly Dictionary<string, long> _aggregated = [];
    private readonly Dictionary<string, Digest?> _finished = [];

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

    /// <summary>Before its round is opened or within it.</summary>
    public string? Publish(string? arm, long round, Digest model)
    {
        if (round < 0)
        {
            return $"its round must be at least 0 (was {round})";
        }
        if (_models.TryGetValue(arm ?? "", out Digest now) && now != model)
        {
            return $"its model must be {now}, which is the newest{(arm is null ? "" : $" of {arm}")} (was {model})";
        }
        _models[arm ?? ""] = model;
        _published[(arm, round)] = model;
        return null;
    }

    public string? TakeTask(long entry, string site, string? arm, long round, Digest? model)
    {
        if (WhyNotOpen(arm, round) is { } closed)
        {
            return closed;
        }
        if (model is { } from && _published.TryGetValue((arm, round), out Digest published) && from != published)
        {
            return $"its model must be {published}, which was published for {Name(arm, round)} (was {from})";
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

    public string? Aggregate(string? arm, long round, IReadOnlyList<long> updates, Digest model)
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
        Close(arm, round);
        _models[arm ?? ""] = _after[(arm, round)] = model;
        _aggregated[arm ?? ""] = _aggregated.GetValueOrDefault(arm ?? "") + 1;
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
        UpdatesAbandoned += Close(arm, round).Updates.Count;
        Abandoned++;
        return null;
    }

    /// <summary>Of a model that the evaluation names.</summary>
    public string? Evaluate(string? arm, long round, Digest model)
    {
        bool isKnown = _after.TryGetValue((arm, round), out Digest must) || _models.TryGetValue(arm ?? "", out must);
        return isKnown && model != must ? $"its model must be {must}, which {Name(arm, round)} ended with (was {model})" : null;
    }

    /// <param name="model">Of its file; null where it stopped.</param>
    public string? FinishArm(string arm, long rounds, Digest? model)
    {
        long aggregated = _aggregated.GetValueOrDefault(arm) + _aggregated.GetValueOrDefault(""); // rounds that name no arm are the only arm's
        return rounds != aggregated ? $"its rounds must be the {aggregated} that were aggregated (were {rounds})"
            : _finished.TryAdd(arm, model) ? null : $"{arm} must finish once, but finished before";
    }

    /// <summary>What keeps the run from being finished.</summary>
    /// <param name="models">By arm; those that its arms finished with, where these say so.</param>
    public string? Unfinished(IReadOnlyDictionary<string, Digest> models)
    {
        if (_open.Count > 0)
        {
            return $"a run that is finished must have no open round, but {Name(_open.Keys.First().Arm, _open.Keys.First().Round)} was neither aggregated nor abandoned";
        }
        if (_finished.Count == 0)
        {
            return null;
        }
        string[] others = [.. _finished.Keys.Union(models.Keys).Where(arm => _finished.GetValueOrDefault(arm) != (models.TryGetValue(arm, out Digest model) ? model : null)).Order(StringComparer.Ordinal)];
        return others.Length == 0 ? null : $"its models must be those that its arms finished with, but are not for {string.Join(", ", others)}";
    }

    public string? WhyNotOpen(string? arm, long round) => _open.ContainsKey((arm, round)) ? null : $"{Name(arm, round)} must be open, but is not";

    private OpenRound Close(string? arm, long round)
    {
        _open.Remove((arm, round), out OpenRound? open);
        _published.Remove((arm, round));
        return open!;
    }

    private static string Name(string? arm, long round) => string.Create(CultureInfo.InvariantCulture, $"round {round}{(arm is null ? "" : $" of {arm}")}");

    private sealed class OpenRound
    {
        public HashSet<long> Updates { get; } = [];

        public HashSet<string> Sites { get; } = [];
    }
}

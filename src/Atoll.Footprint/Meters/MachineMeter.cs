using Atoll.Footprint.Meters.Machine;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters;

/// <summary>The best meters that this machine has: counters where they can be read, a model elsewhere. One for a process; stretches of work are taken from it.</summary>
/// <remarks>
/// What the machine draws is shared out by processor time, second by second: the metered processes bear what their processor time is of all that the machine spent.
/// That holds for the power that it draws anyway too, so that idle power is borne once, by whoever computes, and the shares of all processes add up to the machine.
/// A machine on which nothing computes stands idle for nobody. Embodied carbon is a machine's and no process's: it is not metered.
/// A GPU's energy belongs to the processes that have a compute context on it, to each alike.
/// </remarks>
public sealed class MachineMeter : IDisposable
{
    /// <summary>Between looks at the meters: far below the shortest time in which a RAPL counter runs over (minutes), long enough to cost nothing.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Shorter, processor times (counted in hundredths of a second) say nothing of shares: a short interval has the shares of the time just before it too.</summary>
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(0.2);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly IProcessorTimes _times;
    private readonly IDisposable? _devices;
    private readonly List<IEnergySource> _sources;
    private readonly Dictionary<(string Component, Origin Origin), Estimate<Energy>> _ledger = [];
    private readonly List<string> _notes = [];
    private readonly Queue<(long At, ProcessorTimes Times)> _window = [];
    private readonly ITimer _timer;
    private Metering? _open;
    private long _last, _lookedAt;
    private string? _timesFailure;
    private bool _disposed;

    internal MachineMeter(Surroundings machine)
    {
        _time = machine.Time;
        _times = machine.Times;
        _devices = machine.Gpus;
        _sources = [.. machine.Sources];
        Description = machine.Description;
        _timer = _time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Look(_time.GetTimestamp());
    }

    /// <summary>In words, for the first lines of a run: <c>RAPL package and DRAM, NVML; this process's share by processor time</c>.</summary>
    public string Description { get; }

    /// <summary>Finds what there is to read. Never throws for a meter that is missing or closed: <see cref="Description"/> says what is used.</summary>
    public static MachineMeter Open(TimeProvider? time = null) => Open(MeterScope.ThisProcess, time);

    /// <inheritdoc cref="Open(TimeProvider?)"/>
    public static MachineMeter Open(MeterScope scope, TimeProvider? time = null) => new(Surroundings.OfThisMachine(scope, time ?? TimeProvider.System));

    /// <summary>Begins a stretch of work. Stretches of one thread after another add up to the whole; overlapping ones are refused.</summary>
    /// <exception cref="InvalidOperationException">A stretch is under way.</exception>
    public Metering Start()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Require.That(_open is null, $"A stretch of work must begin after the one before has ended (one is under way): energy would be counted twice.");
            Begin();
            _timer.Change(Period, Period);
            return _open = new Metering(this, _last, new(_ledger), _notes.Count);
        }
    }

    /// <summary>Where the system does not say which processes another has started (all but Linux), those to meter as <see cref="MeterScope.Children"/> are told.</summary>
    public void Watch(System.Diagnostics.Process child)
    {
        lock (_lock)
        {
            _times.Watch(child);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _open = null;
            _disposed = true;
            _timer.Dispose();
            _devices?.Dispose();
        }
    }

    /// <summary>What a stretch took until now.</summary>
    internal Metered Read(Metering stretch, bool ends)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Require.That(ReferenceEquals(_open, stretch), $"A stretch of work must be read before it has ended (it has).");
            Advance();
            if (ends)
            {
                Close();
            }
            HashSet<(string, Origin)> current = [.. _sources.Select(s => (s.Component, s.Origin))];
            return new Metered
            {
                Duration = _time.GetElapsedTime(stretch.StartedAt, _last).TotalSeconds * Time.Second,
                Parts = [.. _ledger.Where(e => e.Value != stretch.Before.GetValueOrDefault(e.Key) || current.Contains(e.Key))
                    .Select(e => Part(e.Key, e.Value, stretch.Before.GetValueOrDefault(e.Key)))],
                Notes = [.. _notes.Skip(stretch.NotesBefore), .. _timesFailure is null ? (string[])[] : [_timesFailure]],
            };
        }
    }

    internal void Abandon(Metering stretch)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_open, stretch))
            {
                Close();
            }
        }
    }

    private static MeteredPart Part((string Component, Origin Origin) key, Estimate<Energy> now, Estimate<Energy> before) =>
        new(key.Component, now.Value - before.Value, key.Origin) { Range = new(now.Value - before.Value, now.Low - before.Low, now.High - before.High) };

    private void Close()
    {
        _open = null;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        lock (_lock)
        {
            // The timer may have fired while the stretch ended.
            if (_open is not null)
            {
                Advance();
            }
        }
    }

    private void Begin()
    {
        _last = _time.GetTimestamp();
        if (_time.GetElapsedTime(_lookedAt, _last) > Period)
        {
            _window.Clear(); // what was done in a pause says nothing of what is done now
        }
        Look(_last);
        for (int i = 0; i < _sources.Count; i++)
        {
            try
            {
                _sources[i].Begin();
            }
            catch (MeterException failure)
            {
                Replace(i, failure);
                _sources[i].Begin();
            }
        }
    }

    private void Advance()
    {
        long now = _time.GetTimestamp();
        Interval interval = Between(now);
        for (int i = 0; i < _sources.Count; i++)
        {
            Estimate<Energy> energy;
            try
            {
                energy = _sources[i].Advance(interval);
            }
            catch (MeterException failure)
            {
                Replace(i, failure);
                energy = _sources[i].Advance(interval);
            }
            (string, Origin) key = (_sources[i].Component, _sources[i].Origin);
            _ledger[key] = _ledger.GetValueOrDefault(key) + energy;
        }
        _last = now;
    }

    /// <summary>Models never fail, so what comes in a failed source's place can be asked at once.</summary>
    private void Replace(int i, MeterException failure)
    {
        (_sources[i], string words) = _sources[i].Fallback();
        _notes.Add($"{failure.Message} From then on: {words}.");
    }

    private Interval Between(long now)
    {
        double seconds = _time.GetElapsedTime(_last, now).TotalSeconds;
        if (Look(now) is not { } times)
        {
            return new(seconds, 1, 1, new HashSet<int>());
        }
        while (_window.Count > 1 && _time.GetElapsedTime(_window.ElementAt(1).At, now) >= ShortestWindow && _window.ElementAt(1).At <= _last)
        {
            _window.Dequeue();
        }
        ProcessorTimes from = _window.Peek().Times;
        double busy = times.Busy - from.Busy, all = busy + times.Idle - from.Idle;
        // Two counters of the system, rounded apart: a share of a hair above one is one.
        double share = busy > 0 ? Math.Clamp((times.Metered - from.Metered) / busy, 0, 1) : 0;
        return new(seconds, all > 0 ? Math.Clamp(busy / all, 0, 1) : 0, share, times.Processes);
    }

    /// <summary>Adds to the window what the processors have spent; null where that cannot be read.</summary>
    private ProcessorTimes? Look(long now)
    {
        if (_timesFailure is not null)
        {
            return null;
        }
        try
        {
            ProcessorTimes times = _times.Read();
            _window.Enqueue((now, times));
            _lookedAt = now;
            return times;
        }
        catch (MeterException failure)
        {
            _timesFailure = $"{failure.Message} From then on: the whole machine at full load is counted, which is more than was used.";
            return null;
        }
    }
}

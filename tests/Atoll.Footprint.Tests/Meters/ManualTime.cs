namespace Atoll.Footprint.Tests.Meters;

/// <summary>A clock that goes on when it is told to; timers fire on the way.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(double seconds)
    {
        long end = _now + TimeSpan.FromSeconds(seconds).Ticks;
        while (_timers.Where(t => t.Due <= end).MinBy(t => t.Due) is { } next)
        {
            _now = next.Due;
            next.Fire();
        }
        _now = end;
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Due { get; private set; } = long.MaxValue;

        public void Fire()
        {
            Due = _period > TimeSpan.Zero ? Due + _period.Ticks : long.MaxValue;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (Due, _period) = (dueTime < TimeSpan.Zero ? long.MaxValue : time._now + dueTime.Ticks, period);
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

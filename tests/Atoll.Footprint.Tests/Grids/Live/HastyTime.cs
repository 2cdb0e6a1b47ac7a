using System.Collections.Concurrent;
using Atoll.Footprint.Grids.Live;

namespace Atoll.Footprint.Tests.Grids.Live;

/// <summary>
/// A clock that stands where a test puts it, and whose waits are over twenty times sooner: tests see how long was waited without waiting. How long an answer may take passes but
/// twice as fast, and deadlines over a whole question pass as they are: on a busy machine both may take their time.
/// </summary>
internal sealed class HastyTime(DateTimeOffset now) : TimeProvider
{
    private const int Haste = 20, HasteOfAnswers = 2;

    private static readonly TimeSpan s_longestHastened = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan s_answer = new LiveLimits().Timeout;

    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    public DateTimeOffset Now { get; set; } = now;

    /// <summary>Of timeouts and of waits between attempts.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }
        _waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime > s_longestHastened ? dueTime : dueTime / (dueTime == s_answer ? HasteOfAnswers : Haste), period);
    }
}

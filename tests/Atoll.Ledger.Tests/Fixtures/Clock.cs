namespace Atoll.Ledger.Tests.Fixtures;

/// <summary>A clock that goes on by a second at each look.</summary>
internal sealed class Clock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan Step { get; set; } = TimeSpan.FromSeconds(1);

    public override DateTimeOffset GetUtcNow() => Now += Step;
}

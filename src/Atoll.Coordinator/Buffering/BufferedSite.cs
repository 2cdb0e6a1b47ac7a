namespace Atoll.Coordinator.Buffering;

/// <summary>A site of a buffered arm.</summary>
public sealed record BufferedSite
{
    public BufferedStanding Standing { get; init; }

    /// <summary>The task it has; 0 for none.</summary>
    public int Task { get; init; }

    /// <summary>The round whose model its task begins from.</summary>
    public int Round { get; init; }

    /// <summary>Tasks it has been given.</summary>
    public int Turns { get; init; }

    /// <summary>When it was given its task.</summary>
    public DateTimeOffset Since { get; init; }

    internal BufferedSite Without(BufferedStanding standing) => this with { Standing = standing, Task = 0, Round = 0, Since = default };
}

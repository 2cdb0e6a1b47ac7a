namespace Atoll.Coordinator.Buffering;

/// <summary>Something that happened to a buffered arm.</summary>
public abstract record BufferedEvent;

/// <summary>A task can be given: choose who gets it.</summary>
/// <param name="Random">Seeded for this task; one number is drawn.</param>
public sealed record TaskWanted(Random Random) : BufferedEvent;

/// <summary>A task was given: what came of an earlier <see cref="TaskWanted"/>, as a record has it.</summary>
public sealed record TaskGiven(int Site) : BufferedEvent;

/// <summary>A site's update came in.</summary>
public sealed record TaskAnswered(int Site, int Task, int Rows, double EffectiveSteps) : BufferedEvent;

/// <summary>An update was added to the buffer.</summary>
public sealed record TaskFolded(int Site, int Task) : BufferedEvent;

/// <summary>A site gave up, or its update could not be averaged.</summary>
/// <param name="Why">A sentence.</param>
public sealed record TaskFailed(int Site, int Task, string Why) : BufferedEvent;

/// <summary>A site is not heard of any more.</summary>
/// <param name="Why">A sentence.</param>
public sealed record BufferedSiteLost(int Site, string Why) : BufferedEvent;

/// <summary>A site is heard of again.</summary>
public sealed record BufferedSiteReturned(int Site) : BufferedEvent;

/// <summary>A full buffer changed the model.</summary>
public sealed record BufferApplied : BufferedEvent;

/// <summary>A full buffer could not be averaged.</summary>
/// <param name="Why">A sentence.</param>
public sealed record BufferFailed(string Why) : BufferedEvent;

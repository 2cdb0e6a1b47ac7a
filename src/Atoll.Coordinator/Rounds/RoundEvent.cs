namespace Atoll.Coordinator.Rounds;

/// <summary>Something that happened to a round.</summary>
public abstract record RoundEvent(int Round);

/// <summary>A round begins: choose its sites.</summary>
/// <param name="Rows">Training rows of every site, by index.</param>
/// <param name="Random">Seeded for this round; only selection draws from it.</param>
public sealed record RoundOpened(int Round, ReadOnlyMemory<int> Rows, Random Random) : RoundEvent(Round);

/// <summary>A site's update came in.</summary>
public sealed record UpdateReceived(int Round, int Site, int Rows, double EffectiveSteps) : RoundEvent(Round);

/// <summary>An update was added to the average.</summary>
public sealed record UpdateFolded(int Round, int Site) : RoundEvent(Round);

/// <summary>A site gave up, or its update could not be averaged.</summary>
/// <param name="Why">A sentence.</param>
public sealed record UpdateFailed(int Round, int Site, string Why) : RoundEvent(Round);

/// <summary>An update that came turned out to be none; the site may send another.</summary>
/// <param name="Why">A sentence.</param>
public sealed record UpdateRefused(int Round, int Site, string Why) : RoundEvent(Round);

/// <summary>A site gives no sign of life.</summary>
public sealed record SiteLost(int Round, int Site) : RoundEvent(Round);

/// <summary>A site that was lost is there again.</summary>
public sealed record SiteReturned(int Round, int Site) : RoundEvent(Round);

/// <summary>The time that sites have to answer is over.</summary>
public sealed record DeadlinePassed(int Round) : RoundEvent(Round);

/// <summary>The average of a closed round could not be made.</summary>
/// <param name="Why">A sentence.</param>
public sealed record AverageFailed(int Round, string Why) : RoundEvent(Round);

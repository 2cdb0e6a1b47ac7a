namespace Atoll.Coordinator.Rounds;

/// <summary>How far a chosen site is in its round.</summary>
public enum SiteStanding
{
    /// <summary>Asked; has not answered.</summary>
    Awaited,

    /// <summary>Asked, and gave no sign of life for too long; it may come back while the round is open.</summary>
    Lost,

    /// <summary>Its update came and is being added to the average.</summary>
    Folding,

    /// <summary>Its update is part of the average.</summary>
    Folded,

    /// <summary>It failed, or its update could not be averaged.</summary>
    Failed,

    /// <summary>It had not answered by the deadline, or before the round had what it needs.</summary>
    Missed,
}

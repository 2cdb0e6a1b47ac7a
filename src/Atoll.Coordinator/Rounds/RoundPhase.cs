namespace Atoll.Coordinator.Rounds;

public enum RoundPhase
{
    /// <summary>No site has been asked yet.</summary>
    Selecting,

    /// <summary>Sites train and answer.</summary>
    Collecting,

    /// <summary>Every update there will be is in: the round's average is complete.</summary>
    Closed,

    /// <summary>Too few updates can still come. The model stays as it was before the round.</summary>
    Failed,
}

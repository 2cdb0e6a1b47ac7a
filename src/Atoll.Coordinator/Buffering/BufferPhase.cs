namespace Atoll.Coordinator.Buffering;

public enum BufferPhase
{
    /// <summary>Sites train, and their updates come in.</summary>
    Collecting,

    /// <summary>The buffer is full: the model is to change before anything else is given or taken.</summary>
    Full,

    /// <summary>The model has changed as often as it was to.</summary>
    Finished,

    /// <summary>No site is left that could train, or a buffer could not be averaged. The model stays as it was.</summary>
    Failed,
}

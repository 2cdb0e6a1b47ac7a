namespace Atoll.Coordinator.Buffering;

/// <summary>What a site is at, where updates are buffered.</summary>
public enum BufferedStanding
{
    /// <summary>Has no task, and may get one.</summary>
    Idle,

    /// <summary>Has a task.</summary>
    Training,

    /// <summary>Its update came and is being added to the buffer.</summary>
    Folding,

    /// <summary>Its task failed. It gets none until the model has changed.</summary>
    Failed,

    /// <summary>Not heard of. It keeps the task that it has, and goes on with it when it is back.</summary>
    Lost,
}

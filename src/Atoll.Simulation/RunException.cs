namespace Atoll.Simulation;

/// <summary>A run that cannot be started or resumed as asked. The message says what, what it must be, and what it was.</summary>
public sealed class RunException : Exception
{
    public RunException(string message) : base(message) { }

    public RunException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Whether the folder that a new run cannot have holds a run that could be resumed.</summary>
    public bool CouldResume { get; init; }
}

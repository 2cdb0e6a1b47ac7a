namespace Atoll.Coordinator.Live;

/// <summary>A request that cannot be granted. The message says what, what it must be and what it was; the code is for programs.</summary>
public sealed class RefusedException(string code, string message) : Exception(message)
{
    /// <summary>See <see cref="Experiments.Protocol.ProtocolProblem.Code"/>.</summary>
    public string Code { get; } = code;
}

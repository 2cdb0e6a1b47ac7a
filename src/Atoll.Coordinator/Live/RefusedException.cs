namespace Atoll.Coordinator.Live;

/// <summary>A request that cannot be granted. The message says what, what it must be and what it was; the code is for programs.</summary>
public sealed class RefusedException(string code, string message) : Exception(message)
{
    /// <summary>The code where a site's table does not go together with those of the sites that have enrolled.</summary>
    public const string Unfit = "unfit";

    /// <summary>See <see cref="Experiments.Protocol.ProtocolProblem.Code"/>.</summary>
    public string Code { get; } = code;
}

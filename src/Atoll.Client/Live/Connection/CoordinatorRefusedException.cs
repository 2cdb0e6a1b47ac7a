using System.Net;

namespace Atoll.Client.Live.Connection;

/// <summary>The coordinator said no, and would say it again. The message is its own.</summary>
/// <param name="code">See <see cref="Experiments.Protocol.ProtocolProblem.Code"/>.</param>
public sealed class CoordinatorRefusedException(HttpStatusCode status, string code, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Whether it is the site that is refused, whatever it asks: no token, no certificate, or one that is not believed.</summary>
    public bool IsOfSite => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}

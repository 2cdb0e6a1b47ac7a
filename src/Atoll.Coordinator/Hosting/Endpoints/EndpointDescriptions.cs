using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>What the OpenAPI document says of endpoints.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Refusals that an endpoint is known for.</summary>
    public static RouteHandlerBuilder WithProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
        {
            endpoint.Produces<ProtocolProblem>(status, StrictBody.Json);
        }
        return endpoint;
    }
}

using Atoll.Coordinator.Hosting.Callers;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>For operators and their tools.</summary>
internal sealed class OperatingEndpoints(ILiveRun run, HostLimits limits, ILogger log, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(ProtocolPath.Abort, (Delegate)AbortAsync).WithName("abort").WithSummary("Ends the run. With the operator token.")
            .Accepts<AbortRequest>(StrictBody.Json).Produces(StatusCodes.Status204NoContent).WithProblems(400, 401, 409, 413, 415, 429);
        routes.MapGet("/health", () => TypedResults.Text("alive\n")).WithName("health").WithSummary("Whether the process answers.");
        routes.MapGet("/ready", Ready).WithName("ready").WithSummary("Whether it takes part in the run: 503 while it stops.").Produces<string>(StatusCodes.Status200OK, "text/plain").WithProblems(503);
    }

    private async Task<IResult> AbortAsync(HttpContext context)
    {
        Caller.Of(context).RequireOperator();
        AbortRequest request = await StrictBody.ReadAsync(context, ProtocolJson.Default.AbortRequest, limits.MessageBytes);
        log.Aborted(request.Reason);
        await run.AbortAsync(request.Reason, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private ContentHttpResult Ready(HttpContext context) => stopping.IsCancellationRequested
        ? throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "stopping", "The coordinator is being stopped.")
        : TypedResults.Text($"{run.Status().Phase.ToString().ToLowerInvariant()}\n");
}

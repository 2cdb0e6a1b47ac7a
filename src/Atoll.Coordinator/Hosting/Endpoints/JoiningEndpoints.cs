using Atoll.Coordinator.Hosting.Callers;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>What a site asks before it takes part.</summary>
internal sealed class JoiningEndpoints(ILiveRun run, RunSecrets secrets, HostLimits limits, ILogger log)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ProtocolPath.Authority, Pem).WithName("authority").WithSummary("The certificate of the run's authority, whose SHA-256 is in every token.")
            .Produces<string>(StatusCodes.Status200OK, "application/x-pem-file");
        routes.MapGet(ProtocolPath.Run, Describe).WithName("run").WithSummary("What the site is invited to. With the token or the certificate.")
            .Produces<RunDescription>().WithProblems(401, 403, 429);
        routes.MapPost(ProtocolPath.Enrolments, (Delegate)EnrolAsync).WithName("enrol").WithSummary("Joins. With the token; the same key again gets the same answer.")
            .Accepts<EnrolmentRequest>(StrictBody.Json).Produces<EnrolmentReply>().WithProblems(400, 401, 403, 409, 413, 415, 429);
    }

    private ContentHttpResult Pem(HttpContext context) => TypedResults.Text(secrets.Authority.Pem, "application/x-pem-file");

    private JsonHttpResult<RunDescription> Describe(HttpContext context) => TypedResults.Json(run.Describe(Caller.Of(context).RequireSite()), ProtocolJson.Default.RunDescription);

    private async Task<IResult> EnrolAsync(HttpContext context)
    {
        Caller caller = Caller.Of(context);
        if (caller.Proof != Proof.Token)
        {
            throw caller.Refusal ?? new(StatusCodes.Status401Unauthorized, "no-token", "A site must enrol with its token, but there was none.");
        }
        EnrolmentRequest request = await StrictBody.ReadAsync(context, ProtocolJson.Default.EnrolmentRequest, limits.EnrolmentBytes);
        if (request.Site != caller.Site)
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "other-site", $"A token must be used by the site that it was made for, {caller.Site}, but {request.Site} used it.") { IsRecorded = true };
        }
        if (run.KeyOf(request.Site) is { } enrolled)
        {
            if (!enrolled.Equals(request.Key))
            {
                throw new RequestRefusedException(StatusCodes.Status403Forbidden, "token-used", $"A token must be used once, but {request.Site} enrolled before, with another key.") { IsRecorded = true };
            }
        }
        else
        {
            caller.RequireSite();
        }
        long entry = await run.EnrolAsync(request, context.RequestAborted);
        log.Enrolled(request.Site, request.Key.Fingerprint, entry);
        return TypedResults.Json(new() { Certificate = secrets.Authority.IssueSite(request.Site, request.Key), Entry = entry }, ProtocolJson.Default.EnrolmentReply);
    }
}

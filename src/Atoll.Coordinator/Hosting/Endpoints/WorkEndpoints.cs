using System.Globalization;
using Atoll.Coordinator.Hosting.Callers;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>What a site that enrolled asks and says, but for bodies. All with its certificate.</summary>
internal sealed class WorkEndpoints(ILiveRun run, Farewell farewell, HostLimits limits, HostMetrics metrics, CancellationToken stopping)
{
    private const int DefaultWaitSeconds = 30;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ProtocolPath.Work, (Delegate)NextAsync).WithName("work").WithSummary("What to do next; waits until there is something, at most `wait` seconds (0 to 60, 30 where it is left out).")
            .Produces<Work>().WithProblems(400, 401, 403, 429);
        Post(routes, ProtocolPath.Preparations, "prepare", "How many rows the site brings, once it has encoded them by the schemas.",
            ProtocolJson.Default.PreparationMessage, run.PrepareAsync);
        Post(routes, ProtocolPath.Failures, "fail", "The site cannot answer a task.", ProtocolJson.Default.FailureMessage, run.FailAsync);
        Post(routes, ProtocolPath.Evaluations, "evaluate", "A model on the site's test rows.", ProtocolJson.Default.EvaluationMessage, run.EvaluateAsync);
        Post(routes, ProtocolPath.Readings, "read", "Energy that a task took.", ProtocolJson.Default.ReadingMessage, run.ReadAsync);
        Post(routes, ProtocolPath.Progress, "progress", "A sign of life from a task under way.", ProtocolJson.Default.ProgressMessage, (site, message, _) =>
        {
            run.Progress(site, message);
            return Task.CompletedTask;
        });
    }

    private void Post<T>(IEndpointRouteBuilder routes, string path, string name, string summary, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Func<string, T, CancellationToken, Task> take)
        where T : notnull =>
        routes.MapPost(path, async Task<IResult> (HttpContext context) =>
        {
            string site = Caller.Of(context).RequireCertificate();
            await take(site, await StrictBody.ReadAsync(context, type, limits.MessageBytes), context.RequestAborted);
            return TypedResults.NoContent();
        }).WithName(name).WithSummary(summary).Accepts<T>(StrictBody.Json).Produces(StatusCodes.Status204NoContent).WithProblems(400, 401, 403, 409, 413, 415, 429);

    private async Task<IResult> NextAsync(HttpContext context, string? wait)
    {
        string site = Caller.Of(context).RequireCertificate();
        TimeSpan time = WaitOf(wait);
        using CancellationTokenSource until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using IDisposable waiting = metrics.Waiting();
        Work work = await run.NextWorkAsync(site, time, until.Token);
        if (work is EndWork)
        {
            farewell.Told(site);
        }
        return TypedResults.Json(work, ProtocolJson.Default.Work);
    }

    private TimeSpan WaitOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return TimeSpan.FromSeconds(DefaultWaitSeconds) is var usual && usual < limits.Wait ? usual : limits.Wait;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds <= limits.Wait.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "malformed", $"wait must be a whole number of seconds from 0 to {limits.Wait.TotalSeconds} (was '{text}').");
    }
}

using System.Globalization;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>What everybody may look at, without a login: how the run stands, and its ledger.</summary>
internal sealed class WatchingEndpoints(ILiveRun run, EventStream events)
{
    private const string LastEvent = "Last-Event-ID";
    private const string Lines = "application/jsonl";

    private static readonly byte[] LineFeed = [(byte)'\n'];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ProtocolPath.Status, Status).WithName("status").WithSummary("How the run stands.").Produces<RunStatus>();
        routes.MapGet(ProtocolPath.Head, (Delegate)HeadAsync).WithName("head").WithSummary("The newest tree head, signed, and the proof that it goes on from the first `from` entries (0 where left out).")
            .Produces<HeadReply>().WithProblems(400, 409);
        routes.MapGet(ProtocolPath.Ledger, (Delegate)LedgerAsync).WithName("ledger").WithSummary("The ledger's lines from entry `from` on (0 where left out), each ended by a line feed.")
            .Produces<string>(StatusCodes.Status200OK, Lines).WithProblems(400, 429);
        routes.MapGet(ProtocolPath.Events, (Delegate)EventsAsync).WithName("events")
            .WithSummary("Server-sent events: `entry` (a ledger line; its id is the entry's index) and `status`. Goes on after Last-Event-ID, or from entry `from`; else with what comes.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream").WithProblems(400, 429);
    }

    private JsonHttpResult<RunStatus> Status(HttpContext context) => TypedResults.Json(run.Status(), ProtocolJson.Default.RunStatus);

    private async Task<IResult> HeadAsync(HttpContext context, string? from) =>
        TypedResults.Json(await run.HeadAsync(IndexOf(from, "from") ?? 0, context.RequestAborted), ProtocolJson.Default.HeadReply);

    private async Task<IResult> LedgerAsync(HttpContext context, string? from)
    {
        long first = IndexOf(from, "from") ?? 0;
        using IDisposable reading = events.Enter();
        context.Response.ContentType = Lines;
        await foreach (ReadOnlyMemory<byte> line in run.LinesAsync(first, context.RequestAborted))
        {
            await context.Response.BodyWriter.WriteAsync(line, context.RequestAborted);
            await context.Response.BodyWriter.WriteAsync(LineFeed, context.RequestAborted);
        }
        return TypedResults.Empty;
    }

    private async Task<IResult> EventsAsync(HttpContext context, string? from, [FromHeader(Name = LastEvent)] string? lastEvent)
    {
        long? last = IndexOf(lastEvent, LastEvent);
        await events.WriteAsync(context, last + 1 ?? IndexOf(from, "from"));
        return TypedResults.Empty;
    }

    private static long? IndexOf(string? text, string name) => string.IsNullOrEmpty(text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long index) && index < long.MaxValue ? index
        : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "malformed", $"{name} must be a whole number from 0 (was '{text}').");
}

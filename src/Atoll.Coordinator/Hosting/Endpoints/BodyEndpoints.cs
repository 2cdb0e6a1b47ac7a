using System.Collections.Concurrent;
using Atoll.Coordinator.Hosting.Callers;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Coordinator.Hosting.Uploads;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>Models down, updates up. Bodies are safetensors named by their SHA-256.</summary>
internal sealed class BodyEndpoints(ILiveRun run, UploadFolder uploads, HostSettings settings, HostMetrics metrics, ILogger log) : IDisposable
{
    private const string OffsetHeader = "Upload-Offset";
    private const string Tensors = "application/octet-stream";

    private readonly SemaphoreSlim _turns = new(settings.Limits.Uploads), _fetching = new(settings.Limits.Downloads);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _fetchingBySite = new(StringComparer.Ordinal);
    private int _sending;

    /// <summary>Whether a model is on its way to somebody.</summary>
    public bool IsSending => Volatile.Read(ref _sending) > 0;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(ProtocolPath.Models + "/{sha}", [HttpMethods.Head], ModelAsync).ExcludeFromDescription();
        routes.MapGet(ProtocolPath.Models + "/{sha}", ModelAsync).WithName("model")
            .WithSummary("A model: whole or a range; its ETag is its hash, and it never changes. With the certificate or the operator token.")
            .Produces<Stream>(StatusCodes.Status200OK, Tensors).Produces<Stream>(StatusCodes.Status206PartialContent, Tensors).Produces(StatusCodes.Status304NotModified).WithProblems(401, 403, 404, 416, 429);
        routes.MapPut(ProtocolPath.Uploads + "/{sha}", UploadAsync).WithName("upload")
            .WithSummary("The body of an update, whole or, with Content-Range, a piece that follows what is there. Answers with Upload-Offset: 201 when it is whole, 202 before.")
            .Accepts<Stream>(Tensors).Produces(StatusCodes.Status201Created).Produces(StatusCodes.Status202Accepted).WithProblems(400, 401, 403, 404, 409, 411, 413, 415, 422, 429);
        routes.MapMethods(ProtocolPath.Uploads + "/{sha}", [HttpMethods.Head], Offset).WithName("offset")
            .WithSummary("How much of a body is there: Upload-Offset, 0 where nothing is.").Produces(StatusCodes.Status200OK).WithProblems(401, 403, 404, 429);
        routes.MapPost(ProtocolPath.Updates, (Delegate)UpdateAsync).WithName("update").WithSummary("An update whose body was uploaded. The same message again gets the same answer.")
            .Accepts<UpdateMessage>(StrictBody.Json).Produces<UpdateReply>().WithProblems(400, 401, 403, 409, 413, 415, 429);
    }

    public void Dispose()
    {
        _turns.Dispose();
        _fetching.Dispose();
        foreach (SemaphoreSlim site in _fetchingBySite.Values)
        {
            site.Dispose();
        }
        uploads.Dispose();
    }

    private async Task<IResult> ModelAsync(HttpContext context, string sha)
    {
        Caller caller = Caller.Of(context);
        if (caller.Proof != Proof.OperatorToken)
        {
            caller.RequireCertificate();
        }
        Digest model = Parse(sha);
        // One site cannot take every turn.
        SemaphoreSlim own = _fetchingBySite.GetOrAdd(caller.Site ?? "", static (_, most) => new(most), settings.Limits.DownloadsBySite);
        await own.WaitAsync(context.RequestAborted);
        try
        {
            await _fetching.WaitAsync(context.RequestAborted);
            try
            {
                Interlocked.Increment(ref _sending);
                return await SendAsync(context, model);
            }
            finally
            {
                Interlocked.Decrement(ref _sending);
                _fetching.Release();
            }
        }
        finally
        {
            own.Release();
        }
    }

    private async Task<IResult> SendAsync(HttpContext context, Digest model)
    {
        Stream body = await run.OpenModelAsync(model, context.RequestAborted)
            ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "unknown-model", $"A model must be one that this run published, but {model} is not.");
        metrics.Downloads(body.Length);
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        await TypedResults.Stream(body, Tensors, entityTag: new EntityTagHeaderValue($"\"{model}\""), enableRangeProcessing: true).ExecuteAsync(context);
        return TypedResults.Empty;
    }

    private Ok Offset(HttpContext context, string sha)
    {
        SiteUploads mine = uploads[Caller.Of(context).RequireCertificate()];
        context.Response.Headers[OffsetHeader] = $"{mine.Offset(Parse(sha))}";
        return TypedResults.Ok();
    }

    private async Task<IResult> UploadAsync(HttpContext context, string sha)
    {
        string site = Caller.Of(context).RequireCertificate();
        Digest body = Parse(sha);
        SiteUploads mine = uploads[site];
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[OffsetHeader] = $"{mine.Offset(body)}";
            return Task.CompletedTask;
        });
        ContentRange range = ContentRange.Of(context.Request.Headers.ContentRange, context.Request.ContentLength);
        Admit(site, body, range.Total);
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = range.Length;
        using IDisposable uploading = metrics.Uploading();
        using var trace = HostMetrics.Traces.StartActivity("upload")?.SetTag("atoll.site", site).SetTag("atoll.bytes", range.Length);
        Receiver receiver = new(mine, body, piece =>
        {
            metrics.Uploaded(piece);
            run.Seen(site);
        });
        long offset = await mine.ReceiveAsync(async ended =>
        {
            await _turns.WaitAsync(ended);
            long began = settings.Time.GetTimestamp();
            try
            {
                return await receiver.ReceiveAsync(context.Request.BodyReader, range, ended);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException)
            {
                log.BrokeOff(sha, site, mine.Offset(body), e.Message);
                throw;
            }
            finally
            {
                _turns.Release();
                metrics.UploadTook(settings.Time.GetElapsedTime(began));
            }
        }, context.RequestAborted);
        log.Uploaded(sha, site, offset, range.Total);
        return TypedResults.StatusCode(offset == range.Total ? StatusCodes.Status201Created : StatusCodes.Status202Accepted);
    }

    private void Admit(string site, Digest body, long total)
    {
        long limit = run.UploadLimit(site);
        if (limit == 0)
        {
            throw new RequestRefusedException(StatusCodes.Status409Conflict, "no-task", "An upload must answer a task, but this site has none.") { IsRecorded = true, Body = body };
        }
        if (total > limit)
        {
            throw new RequestRefusedException(StatusCodes.Status413PayloadTooLarge, "too-large", $"The body of this task must have at most {limit} bytes, but has {total}.") { IsRecorded = true, Body = body };
        }
    }

    private async Task<IResult> UpdateAsync(HttpContext context)
    {
        string site = Caller.Of(context).RequireCertificate();
        UpdateMessage message = await StrictBody.ReadAsync(context, ProtocolJson.Default.UpdateMessage, settings.Limits.MessageBytes);
        using var trace = HostMetrics.Traces.StartActivity("update")?.SetTag("atoll.site", site).SetTag("atoll.arm", message.Arm).SetTag("atoll.round", message.Round);
        long began = settings.Time.GetTimestamp();
        // Once the body is whole, an update is taken whether or not the site waits for the answer: it asks again.
        UpdateReply reply = await uploads[site].UseAsync(message.Update, file => run.UpdateAsync(site, message, file, CancellationToken.None), context.RequestAborted);
        metrics.Answered(reply.Counted, settings.Time.GetElapsedTime(began));
        log.Answered(message.Update.ToString(), site, message.Task, reply.Reason);
        return TypedResults.Json(reply, ProtocolJson.Default.UpdateReply);
    }

    private static Digest Parse(string sha) => Digest.TryParse(sha, out Digest digest) ? digest
        : throw new RequestRefusedException(StatusCodes.Status404NotFound, "malformed", "A body's name must be its SHA-256 in 64 lower-case hexadecimal digits, but this is none.");
}

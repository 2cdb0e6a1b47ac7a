using System.Globalization;
using Atoll.Coordinator.Hosting.Callers;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>Stands around every request: headers that each answer has, who asks, how often, and what becomes of a refusal.</summary>
internal sealed class Answers(Identification identification, ConnectionGate gate, RequestRates rates, RefusalRecord record, ILiveRun run, HostMetrics metrics, ILogger log)
{
    private const string RetrySeconds = "1";

    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        Secure(context.Response.Headers);
        Caller caller = new();
        try
        {
            RefuseEncoded(context.Request);
            caller = identification.Identify(context);
            context.Features.Set(caller);
            rates.Count(context, caller);
            if (caller.Proof is not Proof.Nothing)
            {
                gate.Know(context, caller.Site);
            }
            if (caller.Proof == Proof.Certificate)
            {
                run.Seen(caller.Site!);
            }
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 })
            {
                // Refused by the routing, which gives no reason.
                (string code, string reason) = context.Response.StatusCode switch
                {
                    StatusCodes.Status404NotFound => ("not-found", "There is nothing at this path."),
                    StatusCodes.Status405MethodNotAllowed => ("wrong-method", "This path does not take that method."),
                    StatusCodes.Status415UnsupportedMediaType => ("unsupported-type", $"This path does not take bodies of that type (was '{context.Request.ContentType}')."),
                    StatusCodes.Status416RangeNotSatisfiable => ("wrong-range", "A range must lie within the body, but this one does not."),
                    _ => ("malformed", "This request is not one of the protocol's."),
                };
                await WriteAsync(context, context.Response.StatusCode, code, reason);
            }
        }
        catch (RequestRefusedException e)
        {
            await RefuseAsync(context, caller, e);
        }
        catch (RefusedException e)
        {
            await RefuseAsync(context, caller, new(RefusalStatus.Of(e.Code), e.Code, e.Message) { IsRecorded = e.Code == RefusedException.Unfit });
        }
        catch (BadHttpRequestException e)
        {
            string code = e.StatusCode == StatusCodes.Status408RequestTimeout ? "too-slow" : e.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "malformed";
            await RefuseAsync(context, caller, new(e.StatusCode, code, e.Message) { IsRecorded = code == "too-slow" && caller.Site is not null });
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        catch (OperationCanceledException)
        {
            await RefuseAsync(context, caller, new(StatusCodes.Status503ServiceUnavailable, "stopping", "The coordinator is being stopped, or another request took this one's place: ask again."));
        }
        catch (Exception e)
        {
            log.Fault(e, context.Request.Method, context.Request.Path.ToUriComponent());
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "fault", "The coordinator met a fault of its own; its log says which. Ask again later.");
        }
    }

    /// <summary>A body that is compressed could be anything once it is not; nothing in this protocol is.</summary>
    private static void RefuseEncoded(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, "compressed", "A body must come as it is, without Content-Encoding, but this one is said to be encoded.");
        }
    }

    private static void Secure(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.StrictTransportSecurity = "max-age=31536000";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private async Task RefuseAsync(HttpContext context, Caller caller, RequestRefusedException refusal)
    {
        metrics.Refused(refusal.Code);
        string who = caller.Site ?? (caller.Proof == Proof.OperatorToken ? "the operator" : string.Create(CultureInfo.InvariantCulture, $"a stranger at {context.Connection.RemoteIpAddress}"));
        log.Refused(context.Request.Method, context.Request.Path.ToUriComponent(), who, refusal.Status, refusal.Code, refusal.Message);
        if (refusal.IsRecorded)
        {
            try
            {
                await record.AddAsync(caller.Site, $"{refusal.Code}: {refusal.Message}", refusal.Body, CancellationToken.None);
            }
            catch (Exception e) when (e is RefusedException or Ledger.LedgerException or IOException or InvalidOperationException)
            {
                log.NotRecorded(e.Message);
            }
        }
        await WriteAsync(context, refusal.Status, refusal.Code, refusal.Message);
    }

    private static async Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentLength = null; // whoever gave no reason may have said that there is none
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetrySeconds;
        }
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsJsonAsync(new() { Code = code, Message = message }, ProtocolJson.Default.ProtocolProblem, cancellationToken: context.RequestAborted);
        }
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text.Json;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Microsoft.AspNetCore.Http;

namespace Atoll.Coordinator.Hosting.Endpoints;

/// <summary>The ledger and the status as server-sent events, <see href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>.</summary>
internal sealed class EventStream(ILiveRun run, HostLimits limits, TimeProvider time, HostMetrics metrics, CancellationToken stopping)
{
    /// <summary>Changes that come sooner after each other than this are shown together.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    /// <summary>The status of a run of thousands of rounds is large: no viewer is sent more of it in a second than so much.</summary>
    private const double StatusBytesPerSecond = 1e6;

    /// <summary>Without a change the status is shown again after this long: who is connected changes without an entry, and proxies cut what is silent.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private int _watchers;

    /// <summary>A viewer reads the ledger, at its own pace, until what is returned is disposed.</summary>
    /// <exception cref="RequestRefusedException">There are too many already.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _watchers) > limits.Watchers)
        {
            Interlocked.Decrement(ref _watchers);
            throw new RequestRefusedException(StatusCodes.Status429TooManyRequests, "too-many-watchers", $"At most {limits.Watchers} viewers can watch at once, and there are as many: ask again later.");
        }
        return new Viewer(this, metrics.Watching());
    }

    /// <param name="from">The first entry to show; null for those that come from now on.</param>
    public async Task WriteAsync(HttpContext context, long? from)
    {
        using IDisposable watching = Enter();
        using CancellationTokenSource until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        long next = from ?? run.Status().Ledger.Size;
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.StartAsync(until.Token);
            while (true)
            {
                RunStatus status = run.Status();
                await foreach (ReadOnlyMemory<byte> line in run.LinesAsync(next, until.Token))
                {
                    await EnterAsync(context.Response.BodyWriter, next++, line, until.Token);
                }
                int told = await TellAsync(context.Response.BodyWriter, status, until.Token);
                using (CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(until.Token))
                {
                    await Task.WhenAny(run.ChangedAsync(status.Ledger.Size, either.Token), Task.Delay(Beat, time, either.Token));
                    await either.CancelAsync(); // so that the other does not wait on
                }
                await Task.Delay(Pause(told), time, until.Token);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The viewer has gone.
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            await TellAsync(context.Response.BodyWriter, run.Status(), context.RequestAborted); // how the run stands when the coordinator goes: most often, that it is over
        }
    }

    /// <summary>From one status of so many bytes to the next.</summary>
    internal static TimeSpan Pause(int bytes) => TimeSpan.FromSeconds(Math.Max(Breath.TotalSeconds, bytes / StatusBytesPerSecond));

    private sealed class Viewer(EventStream stream, IDisposable counted) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref stream._watchers);
            counted.Dispose();
        }
    }

    private static async Task EnterAsync(PipeWriter writer, long index, ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        Write(writer, "entry"u8, index, line.Span);
        await writer.FlushAsync(cancellation);
    }

    /// <returns>How many bytes the status has.</returns>
    private static async Task<int> TellAsync(PipeWriter writer, RunStatus status, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(status, ProtocolJson.Default.RunStatus);
        Write(writer, "status"u8, null, json);
        await writer.FlushAsync(cancellation);
        return json.Length;
    }

    /// <param name="data">One line.</param>
    private static void Write(PipeWriter writer, ReadOnlySpan<byte> name, long? id, ReadOnlySpan<byte> data)
    {
        writer.Write("event: "u8);
        writer.Write(name);
        if (id is { } index)
        {
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(index, digits, out int length);
            writer.Write("\nid: "u8);
            writer.Write(digits[..length]);
        }
        writer.Write("\ndata: "u8);
        writer.Write(data);
        writer.Write("\n\n"u8);
    }
}

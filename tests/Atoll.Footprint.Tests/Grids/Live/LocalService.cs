using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Atoll.Footprint.Tests.Grids.Live;

/// <summary>A service on this machine that says over TCP exactly what a test wants said, whole or broken.</summary>
internal sealed class LocalService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Request> _requests = new();

    public LocalService(Func<Request, Response> answer)
    {
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync(answer);
    }

    public Uri Address { get; }

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<Request> Requests => [.. _requests];

    /// <summary>An address of this machine where nothing listens.</summary>
    public static Uri Nowhere()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<Request, Response> answer)
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, answer, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, Func<Request, Response> answer, CancellationToken stop)
    {
        try
        {
            using TcpClient owned = client;
            using NetworkStream stream = client.GetStream();
            using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
            string[] first = (await reader.ReadLineAsync(stop) ?? "").Split(' ');
            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
            Request request = new(Uri.UnescapeDataString(first[1]), headers);
            _requests.Enqueue(request);
            Response response = answer(request);
            await Task.Delay(response.After, stop);
            byte[] body = Encoding.UTF8.GetBytes(response.Body);
            string head = $"HTTP/1.1 {response.Status} Said\r\nContent-Type: {response.Type}\r\nContent-Length: {body.Length + response.Withheld}\r\nConnection: close\r\n{response.Headers}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
            await stream.WriteAsync(body, stop);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or SocketException)
        {
            // The client has gone, which some tests are about.
        }
    }
}

/// <param name="Target">Path and query, unescaped.</param>
internal sealed record Request(string Target, IReadOnlyDictionary<string, string> Headers);

/// <param name="Headers">Further ones, each ending in a line break.</param>
internal sealed record Response(string Body, int Status = 200, string Headers = "")
{
    public string Type { get; init; } = "application/json";

    public TimeSpan After { get; init; }

    /// <summary>Bytes that are promised and not sent.</summary>
    public int Withheld { get; init; }
}

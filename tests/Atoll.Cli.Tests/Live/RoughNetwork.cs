using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Atoll.Cli.Tests.Live;

/// <summary>What lies between sites and their coordinator: every byte takes its time, in each direction, and connections can be broken.</summary>
/// <param name="to">The coordinator's port.</param>
internal sealed class RoughNetwork(int to) : IAsyncDisposable
{
    /// <summary>So that a slow connection has little under way that was not sent yet.</summary>
    private const int PieceBytes = 4 << 10;

    private readonly TcpListener _listener = Listening();
    private readonly CancellationTokenSource _end = new();
    private readonly List<(Socket Site, Socket Coordinator)> _open = [];
    private readonly Lock _lock = new();
    private Task _accepting = Task.CompletedTask;
    private long _delay;

    /// <summary>Bytes a second of each connection, each way.</summary>
    public double Rate { get; init; } = double.PositiveInfinity;

    /// <summary>Share of pieces that come late by twice the delay, and hold up what follows: what a lost segment looks like from above TCP.</summary>
    public double Lost { get; init; }

    public int Seed { get; init; }

    /// <summary>How long a byte is under way.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delay));
        set => Interlocked.Exchange(ref _delay, value.Ticks);
    }

    public string Url => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Broken { get; private set; }

    public void Open() => _accepting = AcceptAsync();

    /// <summary>Breaks this many of the open connections: both ends see a reset.</summary>
    public void Break(int count, Random random)
    {
        lock (_lock)
        {
            for (; count > 0 && _open.Count > 0; count--)
            {
                int index = random.Next(_open.Count);
                Reset(_open[index]);
                _open.RemoveAt(index);
                Broken++;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        lock (_lock)
        {
            _open.ForEach(Reset);
        }
        await _accepting;
        _end.Dispose();
    }

    private static TcpListener Listening()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static void Reset((Socket Site, Socket Coordinator) connection)
    {
        foreach (Socket end in (Socket[])[connection.Site, connection.Coordinator])
        {
            try
            {
                end.LingerState = new(enable: true, seconds: 0);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                // It was reset before, from the other side or by the clock.
            }
            end.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        List<Task> carrying = [];
        try
        {
            for (int number = 0; ; number++)
            {
                Socket site = await _listener.AcceptSocketAsync(_end.Token);
                carrying.RemoveAll(task => task.IsCompleted);
                carrying.Add(CarryAsync(site, new Random(HashCode.Combine(Seed, number))));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(Socket site, Random random)
    {
        Socket coordinator = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        site.NoDelay = true;
        (Socket, Socket) connection = (site, coordinator);
        try
        {
            await coordinator.ConnectAsync(IPAddress.Loopback, to, _end.Token);
            lock (_lock)
            {
                _open.Add(connection);
            }
            await Task.WhenAll(OneWayAsync(site, coordinator, new(random.Next())), OneWayAsync(coordinator, site, new(random.Next())));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Broken, here or at an end: so it is at the other.
        }
        lock (_lock)
        {
            _open.Remove(connection);
            Reset(connection);
        }
    }

    private async Task OneWayAsync(Socket from, Socket into, Random random)
    {
        Channel<(byte[] Piece, DateTime Due)> underWay = Channel.CreateBounded<(byte[], DateTime)>(1024);
        Task receiving = ReceiveAsync();
        await foreach ((byte[] piece, DateTime due) in underWay.Reader.ReadAllAsync())
        {
            if (due - DateTime.UtcNow is { Ticks: > 0 } left)
            {
                await Task.Delay(left, _end.Token);
            }
            await into.SendAsync(piece, _end.Token);
        }
        await receiving;
        into.Shutdown(SocketShutdown.Send);

        async Task ReceiveAsync()
        {
            byte[] buffer = new byte[PieceBytes];
            DateTime sent = DateTime.UtcNow;
            try
            {
                for (int read; (read = await from.ReceiveAsync(buffer, _end.Token)) > 0;)
                {
                    DateTime now = DateTime.UtcNow;
                    sent = (sent > now ? sent : now) + TimeSpan.FromSeconds(read / Rate) + (random.NextDouble() < Lost ? 2 * Delay : TimeSpan.Zero);
                    await underWay.Writer.WriteAsync((buffer[..read], sent + Delay), _end.Token);
                }
                underWay.Writer.Complete();
            }
            catch (Exception e)
            {
                underWay.Writer.Complete(e);
            }
        }
    }
}

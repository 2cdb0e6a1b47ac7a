using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Atoll.Benchmarks.Machine;

/// <summary>The fastest that bytes go over this machine's loopback, without TLS and HTTP: one TCP connection, a thread at each end.</summary>
internal static class LoopbackRate
{
    private const int PieceBytes = 256 << 10, Tries = 5;

    /// <returns>Bytes/s on the wall, and bytes for a second of processor time at both ends together; the best of several tries.</returns>
    public static (double Bytes, double ProcessorBytes) Measure(bool quick)
    {
        long bytes = quick ? 64L << 20 : 512L << 20;
        double best = 0, bestProcessor = 0;
        for (int i = 0; i < Tries; i++)
        {
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            double seconds = Copy(bytes);
            best = Math.Max(best, bytes / seconds);
            bestProcessor = Math.Max(bestProcessor, bytes / (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }
        return (best, bestProcessor);
    }

    private static double Copy(long bytes)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using Socket sender = new(SocketType.Stream, ProtocolType.Tcp);
        sender.Connect(listener.LocalEndpoint);
        using Socket receiver = listener.AcceptSocket();
        Thread sending = new(() =>
        {
            byte[] piece = new byte[PieceBytes];
            for (long left = bytes; left > 0;)
            {
                left -= sender.Send(piece, 0, (int)Math.Min(left, PieceBytes), SocketFlags.None);
            }
        });
        byte[] got = new byte[PieceBytes];
        long start = Stopwatch.GetTimestamp();
        sending.Start();
        for (long left = bytes; left > 0;)
        {
            int read = receiver.Receive(got);
            Require.That(read > 0, $"All {bytes} bytes must come over loopback, but {left} did not.");
            left -= read;
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        sending.Join();
        return seconds;
    }
}

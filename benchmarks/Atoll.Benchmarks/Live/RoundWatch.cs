using System.Text;

namespace Atoll.Benchmarks.Live;

/// <summary>Counts the rounds in a ledger that is being written.</summary>
internal sealed class RoundWatch(string ledger, AtollProcess coordinator)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private long _read;
    private int _rounds;
    private string _rest = "";

    /// <summary>Completes soon after that many rounds are done.</summary>
    public async Task DoneAsync(int rounds, CancellationToken cancellation)
    {
        while (Look() < rounds)
        {
            coordinator.RequireAlive();
            await Task.Delay(Beat, cancellation);
        }
    }

    private int Look()
    {
        if (!File.Exists(ledger))
        {
            return 0;
        }
        using FileStream file = new(ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] more = new byte[file.Length - _read];
        file.Seek(_read, SeekOrigin.Begin);
        file.ReadExactly(more);
        _read += more.Length;
        string[] lines = (_rest + Encoding.UTF8.GetString(more)).Split('\n');
        _rounds += lines[..^1].Count(line => line.Contains("\"kind\":\"round-aggregated\"", StringComparison.Ordinal));
        _rest = lines[^1];
        return _rounds;
    }
}

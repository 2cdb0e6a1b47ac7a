using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Atoll.Experiments.Protocol;

namespace Atoll.Benchmarks.Live;

/// <summary>The program in a process of its own: what it says, and what it takes.</summary>
internal sealed partial class AtollProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;

    private AtollProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(), ReadErrorsAsync());
    }

    /// <summary>Time of all its threads so far.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Memory that it holds now.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most memory that it ever held.</summary>
    public long PeakBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <param name="folder">Where it runs.</param>
    public static AtollProcess Start(string folder, params string[] args) => new(Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "atoll.dll"), .. args])
    {
        WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
    })!);

    /// <summary>A coordinator of the experiment in the folder, which keeps its run there in <c>run</c>, and the tokens that it prints, by site.</summary>
    public static async Task<(AtollProcess Coordinator, Dictionary<string, JoinToken> Tokens)> ServeAsync(string folder, IReadOnlyCollection<string> sites, CancellationToken cancellation)
    {
        AtollProcess coordinator = Start(folder, "serve", ".", "--out", "run", "--listen", $"127.0.0.1:{FreePort()}", "--sites", string.Join(',', sites));
        try
        {
            Dictionary<string, JoinToken> tokens = [];
            while (tokens.Count < sites.Count)
            {
                string line = await coordinator.LineAsync(cancellation);
                if (TokenLine().Match(line) is { Success: true } match)
                {
                    JoinToken token = JoinToken.Parse(match.Value);
                    tokens[token.Site] = token;
                }
            }
            return (coordinator, tokens);
        }
        catch
        {
            coordinator.Dispose();
            throw;
        }
    }

    /// <summary>Waits for its end, which must be a good one.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        await _reading;
        Require.That(_process.ExitCode == 0, $"{Name} must end with 0, but ended with {_process.ExitCode}: {_errors}");
    }

    /// <summary>Throws where it has ended.</summary>
    public void RequireAlive() => Require.That(!_process.HasExited, $"{Name} must go on, but has ended: {_errors}");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private string Name => $"atoll {_process.StartInfo.ArgumentList[1]}";

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        try
        {
            return await _lines.Reader.ReadAsync(cancellation);
        }
        catch (ChannelClosedException)
        {
            await _reading;
            throw new InvalidOperationException($"{Name} must go on, but has ended: {_errors}");
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }
        _lines.Writer.Complete();
    }

    private async Task ReadErrorsAsync() => _errors.Append(await _process.StandardError.ReadToEndAsync());

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    [GeneratedRegex("atoll1_[A-Za-z0-9_-]+")]
    private static partial Regex TokenLine();
}

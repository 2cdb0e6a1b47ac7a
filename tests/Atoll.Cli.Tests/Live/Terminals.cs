using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Atoll.Cli.Tests.Live;

/// <summary>Several terminals in one folder: the built program in processes of their own, which speak over this machine's loopback.</summary>
internal sealed partial class Terminals : IDisposable
{
    private readonly List<Terminal> _open = [];

    public Shell Shell { get; } = new();

    public int Port { get; } = FreePort();

    /// <summary>Variables of the processes that are started from now on, beside the tests' own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Opens a terminal in which a command of atoll runs.</summary>
    public Terminal Atoll(params string[] args) => Open("dotnet", [Program, .. args]);

    /// <summary>Serves what lies in the folder; the same again goes on with it.</summary>
    public Terminal Serve(params string[] more) => Atoll(["serve", ".", "--out", "run", "--listen", $"127.0.0.1:{Port}", .. more]);

    public Terminal Join(string token, string site) => Open("dotnet", JoinCommand(token, site)[1..]);

    /// <summary>The words of the command, for a terminal that is elsewhere.</summary>
    public string[] JoinCommand(string token, string site) => ["dotnet", Program, "join", token, "--data", Path.Combine("sites", $"{site}.csv"), "--state", $"state-{site}", "--yes"];

    public Terminal JoinAgain(string site) => Atoll("join", "--state", $"state-{site}");

    public Terminal Open(string program, string[] args)
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = Shell.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }
        Terminal terminal = new(Process.Start(start)!);
        _open.Add(terminal);
        return terminal;
    }

    /// <summary>The tokens that a coordinator prints, by site.</summary>
    public static async Task<Dictionary<string, string>> TokensAsync(Terminal coordinator, int sites)
    {
        Dictionary<string, string> tokens = [];
        while (tokens.Count < sites)
        {
            string line = await coordinator.LineAsync(text => TokenLine().IsMatch(text));
            string token = TokenLine().Match(line).Value;
            tokens[Experiments.Protocol.JoinToken.Parse(token).Site] = token;
        }
        return tokens;
    }

    public void Dispose()
    {
        _open.ForEach(terminal => terminal.Dispose());
        Shell.Dispose();
    }

    /// <summary>The tests' own build, or another that is to be tried (<c>ATOLL_PROGRAM</c>).</summary>
    private static string Program => System.Environment.GetEnvironmentVariable("ATOLL_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "atoll.dll");

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    [GeneratedRegex("atoll1_[A-Za-z0-9_-]+")]
    private static partial Regex TokenLine();
}

/// <summary>One process and what it has said so far.</summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>Far beyond what anything here takes, so that a hang ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Process _process;
    private readonly StringBuilder _all = new();
    private readonly Queue<string> _lines = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly Task _reading;
    private volatile bool _isAll;

    public Terminal(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    public string Said
    {
        get
        {
            lock (_all)
            {
                return _all.ToString();
            }
        }
    }

    /// <summary>The next line that is one of those.</summary>
    public async Task<string> LineAsync(Func<string, bool> isIt)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            bool isAll = _isAll;
            lock (_all)
            {
                while (_lines.TryDequeue(out string? line))
                {
                    if (isIt(line))
                    {
                        return line;
                    }
                }
            }
            isAll.ShouldBeFalse(Said);
            await _news.WaitAsync(patience.Token);
        }
    }

    public Task<string> LineAsync(string part) => LineAsync(line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>As <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As a machine that sleeps: nothing in the process happens until <see cref="WakeAsync"/>.</summary>
    public Task SleepAsync() => SignalAsync("-STOP");

    public Task WakeAsync() => SignalAsync("-CONT");

    private async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }

    public async Task EndAsync(int code)
    {
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        _process.ExitCode.ShouldBe(code, Said);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
        _news.Dispose();
    }

    private async Task ReadAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        _isAll = true;
        _news.Release(); // whoever waits finds that there is no more
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_all)
            {
                _all.AppendLine(line);
                _lines.Enqueue(line);
            }
            _news.Release();
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Atoll.Footprint.Meters;

namespace Atoll.Cli.Meters;

/// <summary>Another program, run with this one's input, output and signals.</summary>
internal sealed class MeteredCommand : IDisposable
{
    private const int AccessDenied = 13, NoSuchFile = 2;

    /// <summary>After an interruption that no signal brought (there is none to pass on), the command is asked to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.1);

    private readonly Process _process = new();
    private readonly string _name;
    private volatile bool _signalled;

    private MeteredCommand(string name, string file, IEnumerable<string> arguments)
    {
        _name = name;
        _process.StartInfo = new(file, arguments) { UseShellExecute = false };
    }

    /// <exception cref="CommandException">There is no such command.</exception>
    public static MeteredCommand Of(IReadOnlyList<string> words) => new(words[0], Find(words[0]), words.Skip(1));

    /// <summary>Runs it to its end, however it is interrupted: whoever is interrupted first says what it took until then.</summary>
    /// <returns>Its exit code; 128 and the signal's number where one ended it.</returns>
    /// <exception cref="CommandException">It could not be started.</exception>
    public async Task<int> Run(MachineMeter meter, CancellationToken cancel)
    {
        using PosixSignalRegistration interrupt = Pass(PosixSignal.SIGINT), terminate = Pass(PosixSignal.SIGTERM);
        Start();
        meter.Watch(_process);
        await using CancellationTokenRegistration asked = cancel.Register(() => _ = StopUnlessSignalled());
        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    public void Dispose() => _process.Dispose();

    /// <summary>As a shell does: a name with a slash is a file, any other is looked for in <c>PATH</c> and nowhere else.</summary>
    private static string Find(string name)
    {
        if (OperatingSystem.IsWindows() || name.Contains('/', StringComparison.Ordinal))
        {
            return name;
        }
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new CommandException(ExitCode.NotFound, $"The command '{name}' was not found: it must be a program in one of the folders of PATH, or a path with a slash.");
    }

    private void Start()
    {
        try
        {
            _process.Start();
        }
        catch (Win32Exception e) when (e.NativeErrorCode == NoSuchFile)
        {
            throw new CommandException(ExitCode.NotFound, $"The command '{_name}' was not found.", e);
        }
        catch (Win32Exception e)
        {
            string reason = e.NativeErrorCode == AccessDenied ? "this user may not execute it" : e.Message;
            throw new CommandException(ExitCode.NotStarted, $"The command '{_name}' could not be started: {reason}.", e);
        }
    }

    private PosixSignalRegistration Pass(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _signalled = true;
        // A terminal gives Ctrl-C to all of its foreground programs: the command has it already, and a second often means "at once".
        if (signal != PosixSignal.SIGINT || !Terminals.IsForeground())
        {
            Send(signal);
        }
    });

    private async Task StopUnlessSignalled()
    {
        await Task.Delay(Patience);
        if (!_signalled)
        {
            Send(PosixSignal.SIGINT);
        }
    }

    private void Send(PosixSignal signal)
    {
        try
        {
            if (!_process.HasExited)
            {
                Terminals.Signal(_process, signal);
            }
        }
        catch (InvalidOperationException)
        {
            // It has not been started yet: it starts, and whoever interrupted may do so again.
        }
    }
}

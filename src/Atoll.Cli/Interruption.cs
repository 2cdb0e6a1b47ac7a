using System.Runtime.InteropServices;

namespace Atoll.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks to stop, the second ends the program at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TextWriter _error;
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public Interruption(TextWriter error)
    {
        _error = error;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            if (!Console.IsErrorRedirected)
            {
                _error.Write("\e[?25h"); // a progress display hides the cursor
            }
            Environment.Exit(ExitCode.Interrupted);
        }
        _error.WriteLine("\natoll: stopping; what is completed is kept. Press Ctrl-C again to end at once.");
        _source.Cancel();
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Atoll.Cli.Meters;

/// <summary>Signals between programs, where the system has them.</summary>
internal static class Terminals
{
    private const int Interrupt = 2, Terminate = 15;

    /// <summary>Whether a terminal gives this program and those it starts its Ctrl-C. Windows gives it to all programs of a console.</summary>
    public static bool IsForeground()
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }
        try
        {
            using SafeFileHandle terminal = File.OpenHandle("/dev/tty");
            return tcgetpgrp((int)terminal.DangerousGetHandle()) == getpgrp();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // there is no terminal
        }
    }

    /// <summary>On Windows, which has no such signals, the program and its children are ended.</summary>
    public static void Signal(Process process, PosixSignal signal)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            // Fails where the program has just ended, which is what was wanted.
            _ = kill(process.Id, signal == PosixSignal.SIGINT ? Interrupt : Terminate);
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // the system's own names; generated marshalling asks for unsafe code, and these are whole numbers
    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetpgrp(int file);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getpgrp();
#pragma warning restore IDE1006, SYSLIB1054
}

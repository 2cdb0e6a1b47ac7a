using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>From <c>GetSystemTimes</c> (the calling thread's processor group: up to 64 processors) and the times of this process or those that are watched.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsProcessorTimes(MeterScope scope) : IProcessorTimes
{
    private const double FileTimePerSecond = 1e7;

    private readonly OwnProcessorTimes _own = new(scope, TimeProvider.System);

    public ProcessorTimes Read()
    {
        if (GetSystemTimes(out long idle, out long kernelAndIdle, out long user) == 0)
        {
            throw new MeterException($"GetSystemTimes failed with error {Marshal.GetLastPInvokeError()}.");
        }
        return _own.Read() with { Busy = (kernelAndIdle - idle + user) / FileTimePerSecond, Idle = idle / FileTimePerSecond };
    }

    public void Watch(Process child) => _own.Watch(child);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetSystemTimes(out long idle, out long kernelAndIdle, out long user);
}

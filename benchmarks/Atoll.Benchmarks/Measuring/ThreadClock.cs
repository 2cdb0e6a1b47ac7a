using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Atoll.Benchmarks.Measuring;

/// <summary>
/// The time that the processor has spent on this thread: on an idle machine the same as the time on the wall, on a busy one without what others were given.
/// </summary>
/// <remarks>Linux only; elsewhere the time on the wall. What others leave in the shared caches and take of the memory's bandwidth still shows.</remarks>
internal static partial class ThreadClock
{
    private const int ClockThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID, <time.h>

    public static string Name { get; } = OperatingSystem.IsLinux() ? "thread's processor time" : "time on the wall";

    public static double Seconds()
    {
        if (!OperatingSystem.IsLinux())
        {
            return WallSeconds();
        }
        return GetTime(ClockThreadCpuTime, out TimeSpec now) == 0
            ? now.Seconds + 1e-9 * now.Nanoseconds
            : throw new InvalidOperationException($"The thread's clock must be readable, but clock_gettime failed with {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>The time on the wall.</summary>
    public static double WallSeconds() => Stopwatch.GetElapsedTime(0).TotalSeconds;

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds, Nanoseconds;
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>From <c>/proc/stat</c> and <c>/proc/PID/stat</c>.</summary>
/// <remarks>
/// A process that has ended is in its parent's <c>cutime</c> and <c>cstime</c> once that has waited for it, and a zombie still has its own <c>stat</c>: so what the
/// metered processes spent is what this process and those below it that still run have spent and waited for. A process that outlives its parent is adopted by another
/// and leaves the account; what it spent until then stays in it.
/// </remarks>
/// <param name="proc">Where <c>/proc</c> is.</param>
/// <param name="self">The process whose share is metered, or whose children's.</param>
internal sealed class LinuxProcessorTimes(string proc, int self, MeterScope scope) : IProcessorTimes
{
    /// <summary>USER_HZ: 100 for programs on every architecture that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    private const int User = 0, Nice = 1, System = 2, Idle = 3, WaitingForDisk = 4, Interrupt = 5, SoftInterrupt = 6;

    private double _metered;

    public ProcessorTimes Read()
    {
        try
        {
            // This process first: what ends between the two is missing until the next look, and never counted twice.
            ProcessStat own = ProcessStat.Parse(File.ReadAllText(Path.Combine(proc, $"{self}", "stat")));
            double ticks = own.ChildTicks + (scope == MeterScope.ThisProcess ? own.Ticks : 0);
            HashSet<int> running = scope == MeterScope.ThisProcess ? [self] : [];
            // Looking for children means to look at every process: too dear, every second, for one that has none.
            foreach (ProcessStat process in scope == MeterScope.Children ? Below(self) : [])
            {
                ticks += process.Ticks + process.ChildTicks;
                running.Add(process.Id);
            }
            _metered = Math.Max(_metered, ticks / TicksPerSecond);
            double[] machine = Machine();
            return new(_metered, Sum(machine, User, Nice, System, Interrupt, SoftInterrupt), Sum(machine, Idle, WaitingForDisk), running);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new MeterException($"Processor times cannot be read from {proc}: {e.Message}", e);
        }
    }

    public void Watch(Process child)
    {
    }

    private static double Sum(double[] ticks, params ReadOnlySpan<int> kinds)
    {
        double sum = 0;
        foreach (int kind in kinds)
        {
            sum += ticks[kind];
        }
        return sum / TicksPerSecond;
    }

    /// <summary>The line <c>cpu  user nice system idle iowait irq softirq steal …</c>; time in guests is in <c>user</c>, and time stolen by other machines is not this one's.</summary>
    private double[] Machine()
    {
        string line = File.ReadLines(Path.Combine(proc, "stat")).FirstOrDefault(l => l.StartsWith("cpu ", StringComparison.Ordinal))
            ?? throw new FormatException("stat has no line \"cpu\".");
        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
    }

    private IEnumerable<ProcessStat> Below(int root)
    {
        ILookup<int, ProcessStat> children = All().ToLookup(p => p.Parent);
        Stack<int> parents = new([root]);
        while (parents.TryPop(out int parent))
        {
            foreach (ProcessStat child in children[parent])
            {
                yield return child;
                parents.Push(child.Id);
            }
        }
    }

    private IEnumerable<ProcessStat> All()
    {
        foreach (string folder in Directory.EnumerateDirectories(proc))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id != self && Stat(folder) is { } stat)
            {
                yield return stat;
            }
        }
    }

    /// <summary>Null for a process that has ended since its folder was seen.</summary>
    private static ProcessStat? Stat(string folder)
    {
        try
        {
            return ProcessStat.Parse(File.ReadAllText(Path.Combine(folder, "stat")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

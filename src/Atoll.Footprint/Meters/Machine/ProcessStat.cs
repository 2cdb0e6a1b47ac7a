using System.Globalization;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>A line of <c>/proc/PID/stat</c> (proc_pid_stat(5)).</summary>
/// <param name="Ticks">Spent by it: <c>utime + stime</c>.</param>
/// <param name="ChildTicks">Spent by children that it waited for: <c>cutime + cstime</c>.</param>
internal readonly record struct ProcessStat(int Id, int Parent, long Ticks, long ChildTicks)
{
    /// <exception cref="FormatException">It is no such line.</exception>
    public static ProcessStat Parse(string line)
    {
        // The second field is the program's name in parentheses, in which there may be blanks and parentheses.
        int open = line.IndexOf('(', StringComparison.Ordinal), close = line.LastIndexOf(')');
        string[] fields = open > 0 && close > open ? line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        if (fields.Length < 15)
        {
            throw new FormatException($"A process's stat must have at least 17 fields (was \"{line.Trim()}\").");
        }
        return new(int.Parse(line[..open], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), At(11) + At(12), At(13) + At(14));
        long At(int i) => long.Parse(fields[i], CultureInfo.InvariantCulture);
    }
}

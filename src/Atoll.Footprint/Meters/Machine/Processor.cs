using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>The machine's processors, as it describes them.</summary>
/// <param name="Name">The model's; empty where the system does not say.</param>
/// <param name="Threads">Logical processors of the machine.</param>
/// <param name="Sockets">Physical packages.</param>
internal sealed record Processor(string Name, int Threads, int Sockets)
{
    /// <summary>From <c>/proc/cpuinfo</c>. Never throws: what cannot be read is unknown.</summary>
    public static Processor OfLinux(string proc)
    {
        try
        {
            ILookup<string, string> fields = File.ReadLines(Path.Combine(proc, "cpuinfo")).Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
                .Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1]);
            int threads = fields["processor"].Count();
            return new(fields["model name"].FirstOrDefault() ?? "", threads > 0 ? threads : Environment.ProcessorCount, Math.Max(1, fields["physical id"].Distinct().Count()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("", Environment.ProcessorCount, 1);
        }
    }

    [SupportedOSPlatform("windows")]
    public static Processor OfWindows() =>
        new(Microsoft.Win32.Registry.GetValue(@"HKEY_LOCAL_MACHINE\HARDWARE\DESCRIPTION\System\CentralProcessor\0", "ProcessorNameString", null) as string ?? "",
            Environment.ProcessorCount, 1);

    public static Processor Unknown { get; } = new("", Environment.ProcessorCount, 1);

    public static bool IsArm => RuntimeInformation.OSArchitecture is Architecture.Arm or Architecture.Arm64;

    /// <summary>Bytes of memory of the machine: of <c>/proc/meminfo</c>, else what the runtime says.</summary>
    public static long MemoryBytes(string proc)
    {
        try
        {
            string? line = File.ReadLines(Path.Combine(proc, "meminfo")).FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
            if (line is not null && long.TryParse(line.AsSpan(9).ToString().Replace("kB", "", StringComparison.Ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture, out long kibibytes))
            {
                return kibibytes * 1024;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Other systems have no such file.
        }
        return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using Atoll.Learning.Kernels;

namespace Atoll.Benchmarks.Machine;

/// <summary>Where the figures come from.</summary>
/// <param name="Load">The system's load average over a minute when the run began; null where it has none. Above 0 others were computing too.</param>
internal sealed record MachineFacts(string Processor, int Cores, string System, string Runtime, string Vectors, double? Load)
{
    public static MachineFacts Read() => new(
        Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        VectorPath.Name,
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null);

    private static string? Line(string file, string name) => !File.Exists(file) ? null
        : File.ReadLines(file).Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(':') + 1)..].Trim()).FirstOrDefault();
}

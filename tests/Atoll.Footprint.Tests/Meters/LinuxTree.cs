using System.Globalization;
using Atoll.Footprint.Meters;
using Atoll.Footprint.Meters.Machine;
using Atoll.Footprint.Meters.Sources;

namespace Atoll.Footprint.Tests.Meters;

/// <summary>A machine in a folder: <c>/proc</c> and <c>/sys</c> as the kernel documents them (proc(5), power/powercap), with a clock. Times are in hundredths of a second.</summary>
internal sealed class LinuxTree : IDisposable
{
    public const int Self = 4242;

    public LinuxTree(string model = "AMD EPYC", int threads = 4, string flags = "fpu", long memoryKibibytes = 8_000_000)
    {
        Write("proc/cpuinfo", string.Concat(Enumerable.Range(0, threads).Select(i => $"processor\t: {i}\nmodel name\t: {model}\nphysical id\t: 0\nflags\t\t: {flags}\n\n")));
        Write("proc/meminfo", $"MemTotal:       {memoryKibibytes} kB\nMemFree:         1000 kB\n");
        Machine(busy: 0, idle: 0);
        Process(Self, parent: 1, ticks: 0);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("atoll-machine-").FullName;

    public ManualTime Time { get; } = new();

    public MachineMeter Open(MeterScope scope = MeterScope.ThisProcess, IGpus? gpus = null, int self = Self) => new(Surroundings.OfLinux(Root, scope, self, Time, gpus));

    /// <summary>What all processors spent until now. Half of the work is of users; some is stolen, which is nobody's here.</summary>
    public void Machine(long busy, long idle) =>
        Write("proc/stat", $"cpu  {busy - busy / 2} 0 {busy / 2 - busy / 4} {idle - idle / 3} {idle / 3} 0 {busy / 4} 77 12 0\ncpu0 1 2 3 4 5 6 7 8 9 0\nintr 5\n");

    public void Process(int id, int parent, long ticks, long childTicks = 0) =>
        Write($"proc/{id}/stat", $"{id} (a (b) c) S {parent} 1 1 0 -1 4194304 103 0 0 0 {ticks - ticks / 3} {ticks / 3} {childTicks - childTicks / 4} {childTicks / 4} 20 0 1 0 1223430 3133440 388\n");

    public void End(int id) => Directory.Delete(Path.Combine(Root, "proc", $"{id}"), recursive: true);

    /// <param name="zone"><c>intel-rapl:0</c>, <c>intel-rapl:0:2</c>.</param>
    public void Rapl(string zone, string name, double joules, double range = 262_143.328850)
    {
        Write($"sys/class/powercap/{zone}/name", name + "\n");
        Write($"sys/class/powercap/{zone}/energy_uj", string.Create(CultureInfo.InvariantCulture, $"{joules * 1e6:0}\n"));
        Write($"sys/class/powercap/{zone}/max_energy_range_uj", string.Create(CultureInfo.InvariantCulture, $"{range * 1e6:0}\n"));
    }

    /// <summary>So that it is there and cannot be read, by root neither.</summary>
    public void CloseRapl(string zone)
    {
        string file = Path.Combine(Root, $"sys/class/powercap/{zone}/energy_uj");
        File.Delete(file);
        Directory.CreateDirectory(file);
    }

    public void Write(string path, string text)
    {
        string file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

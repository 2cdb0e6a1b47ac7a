using Atoll.Footprint.Meters.Sources;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>What a machine meter works with: clock, processor times and the source of each component.</summary>
/// <param name="Gpus">To close in the end.</param>
internal sealed record Surroundings(TimeProvider Time, IProcessorTimes Times, IReadOnlyList<IEnergySource> Sources, IDisposable? Gpus, string Description)
{
    public static Surroundings OfThisMachine(MeterScope scope, TimeProvider time)
    {
        Nvml? nvml = Nvml.Open(Nvml.LibraryNames, out string problem);
        if (OperatingSystem.IsLinux())
        {
            return OfLinux("/", scope, Environment.ProcessId, time, nvml, problem);
        }
        if (OperatingSystem.IsWindows())
        {
            return Modelled(time, scope, new WindowsProcessorTimes(scope), Processor.OfWindows(), nvml, problem, "Windows gives no programs the processor's energy without a driver");
        }
        return Modelled(time, scope, new OwnProcessorTimes(scope, time), Processor.Unknown, nvml, problem,
            OperatingSystem.IsMacOS() ? "macOS gives the processor's energy (powermetrics) to root alone; other programs' load is not seen" : "this system's meters are not known; other programs' load is not seen");
    }

    /// <param name="root">Where <c>proc</c>, <c>sys</c> and <c>.dockerenv</c> are.</param>
    /// <param name="gpus">Null where there are none.</param>
    /// <param name="gpuProblem">Why GPUs that are there cannot be read; else empty.</param>
    public static Surroundings OfLinux(string root, MeterScope scope, int self, TimeProvider time, IGpus? gpus, string gpuProblem = "")
    {
        string proc = Path.Combine(root, "proc");
        Rapl rapl = Rapl.Find(Path.Combine(root, "sys", "class", "powercap"));
        Isolation isolation = Isolation.Of(root);
        ProcessorModel processor = new(Processor.OfLinux(proc));
        MemoryModel memory = new(Processor.MemoryBytes(proc), Processor.IsArm);
        List<IEnergySource> sources =
        [
            rapl.Missing is null ? new RaplSource(Components.Processor, rapl.Packages, processor, processor.Words) : processor,
            rapl.Memory.Count > 0 ? new RaplSource(Components.Memory, rapl.Memory, memory, memory.Words) : memory,
        ];
        List<string> words =
        [
            rapl.Missing is null ? $"RAPL {(rapl.Memory.Count > 0 ? "package and DRAM" : $"package; {memory.Words}")}" : $"{processor.Words}; {memory.Words}",
            .. rapl.Missing is null ? (string[])[] : [$"no meter: {rapl.Missing.TrimEnd('.')}{isolation.Reason}"],
        ];
        AddGpus(sources, words, gpus, gpuProblem, isolation.IsContainer);
        return new(time, new LinuxProcessorTimes(proc, self, scope), sources, gpus, Describe(words, scope));
    }

    private static Surroundings Modelled(TimeProvider time, MeterScope scope, IProcessorTimes times, Processor named, IGpus? gpus, string gpuProblem, string reason)
    {
        ProcessorModel processor = new(named);
        MemoryModel memory = new(Processor.MemoryBytes("/proc"), Processor.IsArm);
        List<IEnergySource> sources = [processor, memory];
        List<string> words = [$"{processor.Words}; {memory.Words}", $"no meter: {reason}"];
        AddGpus(sources, words, gpus, gpuProblem, isContainer: false);
        return new(time, times, sources, gpus, Describe(words, scope));
    }

    private static void AddGpus(List<IEnergySource> sources, List<string> words, IGpus? gpus, string problem, bool isContainer)
    {
        try
        {
            if (gpus is not null)
            {
                GpuSource source = new(gpus, isContainer);
                sources.Add(source);
                words.Add(source.Origin.Source);
            }
        }
        catch (MeterException e)
        {
            problem = e.Message;
        }
        if (problem.Length > 0)
        {
            words.Add($"GPUs are not counted: {problem.TrimEnd('.')}");
        }
    }

    private static string Describe(List<string> words, MeterScope scope) =>
        $"{string.Join("; ", words)}; {(scope == MeterScope.ThisProcess ? "this process's" : "the started processes'")} share by processor time";
}

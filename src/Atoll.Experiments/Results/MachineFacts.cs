using System.Runtime.InteropServices;
using Atoll.Learning.Kernels;

namespace Atoll.Experiments.Results;

/// <summary>The machine that a run was on.</summary>
public sealed record MachineFacts
{
    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required int Threads { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Runtime { get; init; }

    /// <summary>The widest vectors in use: <c>avx512</c>, <c>avx2</c>, <c>vector128</c> or <c>none</c>.</summary>
    public required string Vectors { get; init; }

    /// <summary>This one.</summary>
    /// <param name="threads">How many the run uses.</param>
    public static MachineFacts Here(int threads) => new()
    {
        Processor = ProcessorName(),
        Cores = Environment.ProcessorCount,
        Threads = threads,
        OperatingSystem = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        Vectors = VectorPath.Name,
    };

    private static string ProcessorName()
    {
        const string linux = "/proc/cpuinfo";
        string? name = File.Exists(linux)
            ? File.ReadLines(linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return name ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

using System.Diagnostics;
using Atoll.Experiments;
using Atoll.Learning.Kernels;

namespace Atoll.Simulation.Tests.Fixtures;

/// <summary>Runs an experiment in a process of its own, whose processor seems to have fewer features: they are decided when a process starts.</summary>
internal static class ChildProcess
{
    /// <summary>The test assembly's own entry point. Prints the vectors in use.</summary>
    /// <param name="args">Experiment file, run folder, threads.</param>
    public static int Main(string[] args)
    {
        RunRequest request = new()
        {
            Experiment = ExperimentFile.Read(args[0]),
            Folder = args[1],
            Threads = int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture),
        };
        Lab.Run(request);
        Console.WriteLine(VectorPath.Name);
        return 0;
    }

    /// <returns>The vectors that the child used.</returns>
    public static string Run(string file, string folder, int threads, string? without)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ChildProcess).Assembly.Location, file, folder, $"{threads}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (without is not null)
        {
            start.Environment[$"DOTNET_Enable{without}"] = "0";
        }
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        child.ExitCode.ShouldBe(0, errors.Result);
        return output.Trim();
    }
}

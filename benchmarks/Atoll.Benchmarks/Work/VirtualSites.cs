using System.Diagnostics;
using System.Globalization;
using Atoll.Federation.Selection;
using Atoll.Learning;
using Atoll.Learning.Data;
using Atoll.Simulation.Arms;

namespace Atoll.Benchmarks.Work;

/// <summary>
/// The memory of 10,000 virtual sites of 6 rows (as many rows as MNIST has), 100 a round on all cores, the MLP. Measured in a process of its own:
/// the most that a process ever held includes what it did before.
/// </summary>
internal static class VirtualSites
{
    public const string Name = "virtual-sites", Verb = "virtual-sites-alone";

    private const int Sites = 10_000, SitesPerRound = 100, RowsPerSite = 6, RoundCount = 20;
    private const double MostMegabytes = 1000;

    public static Result Measure()
    {
        // What the child prints is its own peak: how large a process was is no longer known once it has ended.
        using Process child = Process.Start(new ProcessStartInfo("dotnet", [typeof(VirtualSites).Assembly.Location, Verb]) { RedirectStandardOutput = true })!;
        long start = Stopwatch.GetTimestamp();
        string[] words = child.StandardOutput.ReadToEnd().Split(' ');
        child.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (child.ExitCode != 0 || words is not [var bytes])
        {
            throw new InvalidOperationException($"The process for {Name} must print its peak memory and end with 0, but it ended with {child.ExitCode}.");
        }
        double megabytes = long.Parse(bytes, CultureInfo.InvariantCulture) / 1e6;
        return new Result(Name, $"{Sites} sites × {RowsPerSite} rows, {SitesPerRound} a round, {RoundCount} rounds, all cores: peak memory", "MB", megabytes, megabytes,
            seconds, seconds, Runs: 1, Limit: "none", FloorSeconds: null, Share: null, $"≤ {MostMegabytes:N0} MB", megabytes <= MostMegabytes);
    }

    /// <summary>The child's work.</summary>
    public static void RunAlone()
    {
        SitedDataset data = Draw.Sites(new Shape(784), Sites, RowsPerSite);
        ArmRun run = Rounds.Run(Rounds.Mlp, data, epochs: 1, batch: RowsPerSite, new UniformSelection { Count = SitesPerRound }, Environment.ProcessorCount);
        for (int round = 0; round < RoundCount; round++)
        {
            Rounds.Step(run);
        }
        using Process self = Process.GetCurrentProcess();
        Console.Write(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
    }
}

using Atoll.Experiments;
using Atoll.Simulation;

namespace Atoll.Cli;

/// <summary>Names on the command line against those of the file.</summary>
internal static class Choice
{
    /// <summary>The experiment with the arms that <c>--arm</c> names, and its baseline.</summary>
    /// <exception cref="CommandException">The experiment has no such arm.</exception>
    public static Experiment Only(Experiment experiment, IReadOnlyList<string> arms)
    {
        try
        {
            return ExperimentRun.Only(experiment, arms);
        }
        catch (RunException unknown)
        {
            throw new CommandException(ExitCode.Usage, $"--arm: {unknown.Message}", unknown);
        }
    }

    /// <summary>The file that an experiment's path means.</summary>
    public static string File(string path) => Directory.Exists(path) ? Path.Combine(path, ExperimentFile.DefaultName) : path;
}

using Atoll.Experiments;
using Atoll.Learning.Data;

namespace Atoll.Cli;

/// <summary>Names on the command line against those of the file.</summary>
internal static class Choice
{
    /// <exception cref="CommandException">The experiment has no such arm.</exception>
    public static IReadOnlyList<string> Arms(Experiment experiment, IReadOnlyList<string> names)
    {
        foreach (string name in names.Where(n => !experiment.Arms.ContainsKey(n)))
        {
            string hint = NearestName.Of(name, experiment.Arms.Keys) is { } near ? $" Did you mean {near}?" : "";
            throw new CommandException(ExitCode.Usage, $"--arm must be one of {string.Join(", ", experiment.Arms.Keys)} (was '{name}').{hint}");
        }
        return names;
    }

    /// <summary>The file that an experiment's path means.</summary>
    public static string File(string path) => Directory.Exists(path) ? Path.Combine(path, ExperimentFile.DefaultName) : path;
}

using System.Globalization;
using System.Text.RegularExpressions;
using Atoll.Experiments;
using Atoll.Simulation.Folder;

namespace Atoll.Cli.Running;

/// <summary>Where runs are kept when the command line does not say: <c>runs/NAME-yyyyMMdd-HHmmss</c>.</summary>
internal static class Runs
{
    public const string DefaultParent = "runs";

    /// <summary>A folder that is not there yet.</summary>
    public static string New(string name, DateTimeOffset now, string parent = DefaultParent)
    {
        string first = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{now:yyyyMMdd-HHmmss}"));
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? first : $"{first}-{n}").First(folder => !Path.Exists(folder));
    }

    /// <summary>Takes a new folder before another process can: its lock file is made by one only. What it holds then, a run may begin in.</summary>
    public static string Claim(string name, DateTimeOffset now, string parent = DefaultParent)
    {
        while (true)
        {
            string folder = New(name, now, parent), claim = Path.Combine(folder, "state", "lock");
            Directory.CreateDirectory(Path.GetDirectoryName(claim)!);
            try
            {
                using FileStream made = new(claim, FileMode.CreateNew);
                return folder;
            }
            catch (IOException) when (File.Exists(claim))
            {
                // Another was faster: the next name is free.
            }
        }
    }

    /// <summary>Takes back a claim on a folder in which no run began.</summary>
    public static void GiveBack(string folder) => Directory.Delete(folder, recursive: true);

    /// <summary>Said before anything is loaded; the run itself looks more closely when it begins.</summary>
    /// <exception cref="CommandException">The folder holds something, or is a file.</exception>
    public static void RequireFree(string folder, string resume)
    {
        for (string? above = Path.GetDirectoryName(Path.GetFullPath(folder)); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                throw new CommandException(ExitCode.BadInput, $"--out must lie in a folder, but {above} is a file. Choose another.");
            }
        }
        bool isFile = File.Exists(folder);
        if (isFile || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(entry => Path.GetFileName(entry) is not ("state" or "models" or ExperimentFile.DefaultName + WholeFile.PartSuffix))))
        {
            string instead = File.Exists(Path.Combine(folder, ExperimentFile.DefaultName)) ? $"Choose another, or go on with the run in it:\n{resume}" : "Choose another.";
            throw new CommandException(ExitCode.BadInput, $"--out must be a folder for this run alone (report, result and models go there), new or empty, but {folder} {(isFile ? "is a file" : "holds something")}. {instead}");
        }
    }

    /// <summary>The newest run of an experiment that was begun and has no result.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static string NewestUnfinished(string name, string parent = DefaultParent)
    {
        Regex ofName = new($@"^{Regex.Escape(name)}-(?<at>[0-9]{{8}}-[0-9]{{6}})(-(?<n>[0-9]+))?$", RegexOptions.CultureInvariant);
        IEnumerable<string> folders = Directory.Exists(parent) ? Directory.EnumerateDirectories(parent) : [];
        return folders
            .Select(folder => (Folder: folder, Match: ofName.Match(Path.GetFileName(folder))))
            .Where(f => f.Match.Success && RunFolder.IsUnfinished(f.Folder))
            .OrderByDescending(f => f.Match.Groups["at"].Value, StringComparer.Ordinal)
            .ThenByDescending(f => f.Match.Groups["n"] is { Success: true } n ? long.Parse(n.Value, CultureInfo.InvariantCulture) : 1)
            .Select(f => f.Folder)
            .FirstOrDefault()
            ?? throw new CommandException(ExitCode.BadInput, $"--resume needs an unfinished run of {name} in {Path.GetFullPath(parent)}, but there is none. Name another place with --out FOLDER.");
    }
}

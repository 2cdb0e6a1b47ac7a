using System.Globalization;
using System.Text.RegularExpressions;

namespace Atoll.Cli.Running;

/// <summary>Where runs are kept when the command line does not say: <c>runs/NAME-yyyyMMdd-HHmmss</c>.</summary>
internal static class RunFolder
{
    public const string Parent = "runs";

    /// <summary>A folder that is not there yet.</summary>
    public static string New(string name, DateTimeOffset now)
    {
        string first = Path.Combine(Parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{now:yyyyMMdd-HHmmss}"));
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? first : $"{first}-{n}").First(folder => !Path.Exists(folder));
    }

    /// <summary>The newest run of an experiment that was begun and has no result.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static string NewestUnfinished(string name)
    {
        Regex ofName = new($@"^{Regex.Escape(name)}-(?<at>[0-9]{{8}}-[0-9]{{6}})(-(?<n>[0-9]+))?$", RegexOptions.CultureInvariant);
        IEnumerable<string> folders = Directory.Exists(Parent) ? Directory.EnumerateDirectories(Parent) : [];
        return folders
            .Select(folder => (Folder: folder, Match: ofName.Match(Path.GetFileName(folder))))
            .Where(f => f.Match.Success && IsUnfinished(f.Folder))
            .OrderByDescending(f => f.Match.Groups["at"].Value, StringComparer.Ordinal)
            .ThenByDescending(f => f.Match.Groups["n"] is { Success: true } n ? long.Parse(n.Value, CultureInfo.InvariantCulture) : 1)
            .Select(f => f.Folder)
            .FirstOrDefault()
            ?? throw new CommandException(ExitCode.BadInput, $"--resume needs an unfinished run of {name} in {Path.GetFullPath(Parent)}, but there is none. Name another place with --out FOLDER.");
    }

    /// <summary>Finished runs have a result; what others need to go on is in <c>state</c>.</summary>
    private static bool IsUnfinished(string folder) => Directory.Exists(Path.Combine(folder, "state")) && !File.Exists(Path.Combine(folder, "result.json"));
}

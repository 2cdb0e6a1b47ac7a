using System.Globalization;

namespace Atoll.Cli.Running;

/// <summary>What the command line asks of a run.</summary>
internal sealed record RunChoices
{
    public required string Path { get; init; }

    /// <summary>The run folder; null to choose one.</summary>
    public string? Folder { get; init; }

    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>In place of the file's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Null: 1, or what the run to resume has.</summary>
    public int? Repeat { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    public bool Resume { get; init; }

    public bool Json { get; init; }

    public bool DryRun { get; init; }

    /// <summary>The command that goes on with this run, to be copied into a shell.</summary>
    public string ResumeCommand(string folder)
    {
        List<string> words = [Quoted(Program), "run", Quoted(Path), "--resume", "--out", Quoted(folder)];
        words.AddRange(Arms.SelectMany(arm => new[] { "--arm", Quoted(arm) }));
        if (Seed is { } seed)
        {
            words.AddRange(["--seed", seed.ToString(CultureInfo.InvariantCulture)]);
        }
        if (Repeat is { } repeat)
        {
            words.AddRange(["--repeat", repeat.ToString(CultureInfo.InvariantCulture)]);
        }
        if (Json)
        {
            words.Add("--json");
        }
        return string.Join(' ', words);
    }

    /// <summary>How the program was called: its launcher says.</summary>
    private static string Program => Environment.GetEnvironmentVariable("ATOLL_COMMAND") is { Length: > 0 } called ? called : "atoll";

    /// <summary>A word that the shell takes as it is: POSIX shells inside single quotes, Windows' inside double ones.</summary>
    private static string Quoted(string word)
    {
        bool isPlain = word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || c is '/' or '\\' or '.' or '-' or '_' or ':' or '+' or ',' or '=' or '@');
        if (OperatingSystem.IsWindows())
        {
            return isPlain ? word : $"\"{word}\"";
        }
        return isPlain && !word.Contains('\\', StringComparison.Ordinal) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

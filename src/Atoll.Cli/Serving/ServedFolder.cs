using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Atoll.Cli.Running;
using Atoll.Experiments;
using Atoll.Ledger.Storage;

namespace Atoll.Cli.Serving;

/// <summary>A folder of a run across machines: what must stay the same when it is gone on with, and whom its end is no news to.</summary>
internal sealed record ServedFolder
{
    private const string FileName = "serve.json";

    /// <summary>The run's name in the ledger.</summary>
    public required string Run { get; init; }

    /// <summary>See <see cref="ExperimentFile.Fingerprint"/>.</summary>
    public required string Experiment { get; init; }

    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Whether ledger and bodies are in a database (<c>--store</c>), and not here.</summary>
    public bool IsInStore { get; init; }

    /// <summary>Whether updates are kept (<c>--keep-updates</c>): from the beginning, or not at all.</summary>
    public bool KeepsUpdates { get; init; }

    /// <summary>Whether the ledger has begun.</summary>
    public bool HasBegun { get; init; }

    /// <summary>The sites that were told that the run is over.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>Whether a coordinator waited for the sites once the run was over, as long as it does: the run needs it no more.</summary>
    public bool IsConcluded { get; init; }

    /// <summary>What a folder holds; null where no run across machines began there.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static ServedFolder? Read(string folder)
    {
        string file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), ServedFolderJson.Default.ServedFolder) : null;
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCode.BadInput, $"{file} must be as `atoll serve` wrote it: {e.Message}", e);
        }
    }

    /// <summary>The newest run of an experiment in <c>runs/</c> that has no result yet, or whose coordinator ended before the sites could fetch it; null where there is none.</summary>
    public static string? Unfinished(Experiment experiment, string parent = Runs.DefaultParent)
    {
        string fingerprint = ExperimentFile.Fingerprint(experiment);
        IEnumerable<string> folders = Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, experiment.Name + "-*") : [];
        return folders.Where(folder => Read(folder) is { IsConcluded: false } served && served.Experiment == fingerprint).OrderDescending(StringComparer.Ordinal).FirstOrDefault();
    }

    public static ServedFolder Create(string folder, Experiment experiment, IReadOnlyList<string> sites, ServeChoices choices, DateTimeOffset now)
    {
        ServedFolder served = new()
        {
            Run = string.Create(CultureInfo.InvariantCulture, $"{experiment.Name}-{now.UtcDateTime:yyyyMMdd-HHmmss}"), Experiment = ExperimentFile.Fingerprint(experiment), Sites = sites,
            IsInStore = choices.Store is not null, KeepsUpdates = choices.KeepUpdates,
        };
        Directory.CreateDirectory(folder);
        served.Write(folder);
        return served;
    }

    public void Write(string folder) => WholeFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, ServedFolderJson.Default.ServedFolder));

    /// <exception cref="CommandException">The ledger that the run began with is not there any more.</exception>
    public void RequireLedger(string folder)
    {
        string ledger = FileLedger.FileOf(folder);
        if (HasBegun && !IsInStore && new FileInfo(ledger) is not { Exists: true, Length: > 0 })
        {
            throw new CommandException(ExitCode.DoesNotVerify, $"The run in {folder} has begun, but its ledger, {ledger}, is {(File.Exists(ledger) ? "empty" : "not there")}. Another one, signed with the same key, is what a site would have to take for fraud. Restore the ledger, or begin another run with --new or another --out.");
        }
    }

    /// <exception cref="CommandException">It is another run's.</exception>
    public void RequireSame(string folder, Experiment experiment, ServeChoices choices)
    {
        IReadOnlyList<string> sites = choices.Sites;
        if (IsInStore != choices.Store is not null)
        {
            throw new CommandException(ExitCode.Usage, IsInStore ? $"The run in {folder} is kept in a database: --store must name it, as when the run began." : $"The run in {folder} is kept there: it cannot go on with --store.");
        }
        if (Experiment != ExperimentFile.Fingerprint(experiment))
        {
            throw new CommandException(ExitCode.BadInput, $"{folder} holds a run of another experiment, or of this one before it was changed (arms and seed count too): name another folder with --out.");
        }
        if (sites.Count > 0 && !sites.SequenceEqual(Sites))
        {
            throw new CommandException(ExitCode.BadInput, $"--sites must be those that the run in {folder} began with, {string.Join(", ", Sites)}, in this order (was {string.Join(", ", sites)}).");
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ServedFolder))]
internal sealed partial class ServedFolderJson : JsonSerializerContext;

using System.Text;
using System.Text.Json;
using Atoll.Experiments;
using Atoll.Experiments.Results;

namespace Atoll.Simulation.Folder;

/// <summary>
/// A run's folder: <c>experiment.yaml</c>, <c>models/</c>, in the end <c>result.json</c>; until then <c>state/</c>, from which the run can go on.
/// Every file appears whole or not at all. Held by one process at a time.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    private RunFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    public string ResultFile => System.IO.Path.Combine(Path, "result.json");

    public string ReportFile => System.IO.Path.Combine(Path, "report.html");

    private string StateFile => System.IO.Path.Combine(StateFolder(Path), "run.json");

    /// <summary>Begins a new run.</summary>
    /// <exception cref="RunException">The folder is there already and holds something.</exception>
    internal static RunFolder Create(string path, Experiment experiment, int repeat, string version)
    {
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
        {
            throw new RunException($"The run folder must be new or empty, but {path} is there already. Choose another with --out, or go on with that run: --resume --out {path}");
        }
        Directory.CreateDirectory(StateFolder(path));
        Directory.CreateDirectory(System.IO.Path.Combine(path, "models"));
        RunFolder folder = new(path, Lock(path));
        WholeFile.Write(System.IO.Path.Combine(path, ExperimentFile.DefaultName), Encoding.UTF8.GetBytes(ExperimentFile.Write(experiment)));
        WholeFile.Write(folder.StateFile, JsonSerializer.SerializeToUtf8Bytes(new RunState(version, repeat), StateJson.Default.RunState));
        return folder;
    }

    /// <summary>Opens a run to go on with.</summary>
    /// <exception cref="RunException">There is none, or it is another experiment's, or another process holds it.</exception>
    internal static RunFolder Open(string path, Experiment experiment, int? repeat, string version, out int repeats)
    {
        string file = System.IO.Path.Combine(path, ExperimentFile.DefaultName);
        if (!File.Exists(file))
        {
            throw new RunException($"A run to resume must be a folder that a run began, but {path} holds no {ExperimentFile.DefaultName}.");
        }
        if (ExperimentFile.Fingerprint(ExperimentFile.Read(file)) != ExperimentFile.Fingerprint(experiment))
        {
            throw new RunException($"A run can be resumed only as what it began as, but {path} belongs to another experiment (or other arms or another seed). Compare its {ExperimentFile.DefaultName}.");
        }
        RunFolder folder = new(path, Lock(path));
        try
        {
            repeats = folder.CheckState(repeat, version);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder holds a run that is not done.</summary>
    public static bool IsUnfinished(string path) => Directory.Exists(StateFolder(path)) && !File.Exists(System.IO.Path.Combine(path, "result.json"));

    /// <summary>The result of a run that is done; null when it is not.</summary>
    internal RunResult? Result() => File.Exists(ResultFile) ? JsonSerializer.Deserialize(File.ReadAllBytes(ResultFile), RunResultJson.Default.RunResult) : null;

    internal string ModelFile(string arm) => System.IO.Path.Combine(Path, "models", $"{arm}.safetensors");

    internal string CheckpointFile(string arm, int repeat) =>
        System.IO.Path.Combine(StateFolder(Path), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{arm}.{repeat}.safetensors"));

    /// <summary>Writes the result; from then on the run is done, and what it needed to go on is removed.</summary>
    internal void Finish(RunResult result)
    {
        WholeFile.Write(ResultFile, JsonSerializer.SerializeToUtf8Bytes(result, RunResultJson.Default.RunResult));
        _lock.Dispose();
        Directory.Delete(StateFolder(Path), recursive: true);
    }

    public void Dispose() => _lock.Dispose();

    private static string StateFolder(string path) => System.IO.Path.Combine(path, "state");

    private int CheckState(int? repeat, string version)
    {
        if (Result() is { } done)
        {
            return done.Repeats;
        }
        RunState state = JsonSerializer.Deserialize(File.ReadAllBytes(StateFile), StateJson.Default.RunState)!;
        if (repeat is { } asked && asked != state.Repeat)
        {
            throw new RunException($"The run in {Path} has {state.Repeat} seeds; to resume it, --repeat must be {state.Repeat} or left out (was {asked}).");
        }
        return state.Atoll == version ? state.Repeat
            : throw new RunException($"The run in {Path} was begun by Atoll {state.Atoll}; only that version gives the same bytes (this is {version}).");
    }

    private static FileStream Lock(string path)
    {
        Directory.CreateDirectory(StateFolder(path));
        try
        {
            return new FileStream(System.IO.Path.Combine(StateFolder(path), "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held)
        {
            throw new RunException($"Another process is running in {path}. One at a time.", held);
        }
    }
}

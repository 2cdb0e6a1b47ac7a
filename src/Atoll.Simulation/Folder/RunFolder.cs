using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Tensors;

namespace Atoll.Simulation.Folder;

/// <summary>
/// A run's folder: <c>experiment.yaml</c>, <c>plan.json</c>, <c>models/</c>, in the end <c>result.json</c>; until then <c>state/</c>, from which the run can go on.
/// Every file appears whole or not at all. Held by one process at a time.
/// </summary>
public sealed class RunFolder : IDisposable
{
    /// <summary>How the platforms say that another process holds a file: ERROR_SHARING_VIOLATION, and EAGAIN by two numbers.</summary>
    private const int SharingViolation = 32, LinuxWouldBlock = 11, MacWouldBlock = 35;

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    public string Path { get; }

    public string ResultFile => System.IO.Path.Combine(Path, "result.json");

    /// <summary>What the run was to come to.</summary>
    private string ForecastFile => System.IO.Path.Combine(Path, "plan.json");

    private string StateFile => StateFileOf(Path);

    /// <summary>Begins a new run.</summary>
    /// <exception cref="RunException">The folder is there already and holds something.</exception>
    internal static RunFolder Create(string path, Experiment experiment, string data, int repeat, string version)
    {
        RequireFree(path);
        Directory.CreateDirectory(StateFolder(path));
        Directory.CreateDirectory(System.IO.Path.Combine(path, "models"));
        RunFolder folder = new(path, Lock(path));
        try
        {
            RequireFree(path); // again: another process may have begun and ended between the first look and the lock
            // The experiment comes last: a folder that has one can be resumed.
            WholeFile.Write(folder.StateFile, JsonSerializer.SerializeToUtf8Bytes(new RunState(version, repeat, data), StateJson.Default.RunState));
            WholeFile.Write(ExperimentOf(path), Encoding.UTF8.GetBytes(ExperimentFile.Write(experiment)));
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Opens a run to go on with.</summary>
    /// <exception cref="RunException">There is none, or it is another experiment's, or another process holds it.</exception>
    internal static RunFolder Open(string path, Experiment experiment, string data, int? repeat, string version, out int repeats)
    {
        string file = ExperimentOf(path);
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
            repeats = folder.CheckState(data, repeat, version);
            string text = ExperimentFile.Write(experiment);
            if (!File.Exists(folder.ResultFile) && File.ReadAllText(file) != text)
            {
                WholeFile.Write(file, Encoding.UTF8.GetBytes(text)); // the same training, accounted for at other sites
            }
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder holds a run that is not done and can be gone on with.</summary>
    public static bool IsUnfinished(string path) => Directory.Exists(StateFolder(path)) && File.Exists(ExperimentOf(path)) && !File.Exists(System.IO.Path.Combine(path, "result.json"));

    /// <summary>How many seeds the run in a folder has; null where none was begun.</summary>
    /// <exception cref="RunException">What tells it is damaged.</exception>
    internal static int? SeedsOf(string path)
    {
        string result = System.IO.Path.Combine(path, "result.json");
        return File.Exists(result) ? Read(result, RunResultJson.Default.RunResult).Repeats
            : File.Exists(StateFileOf(path)) ? Read(StateFileOf(path), StateJson.Default.RunState).Repeat
            : null;
    }

    /// <summary>The result of a run that is done; null when it is not.</summary>
    /// <exception cref="RunException">The result is there, but damaged.</exception>
    internal RunResult? Result() => File.Exists(ResultFile) ? Read(ResultFile, RunResultJson.Default.RunResult) : null;

    /// <summary>That the models are those which the result tells of, byte for byte.</summary>
    /// <exception cref="RunException">One is gone, or is another.</exception>
    internal void RequireModels(RunResult result)
    {
        foreach (ArmResult arm in result.Arms.Where(arm => arm.ModelSha256 is not null))
        {
            string file = ModelFile(arm.Name), has = File.Exists(file) ? $"has {SafetensorsFile.Sha256(file)}" : "is not there";
            if (has != $"has {arm.ModelSha256}")
            {
                throw new RunException($"A run folder must be whole, but {file} is not: it must have sha256 {arm.ModelSha256}, but {has}. Restore it, or run the experiment again into a new folder.");
            }
        }
    }

    /// <summary>What the run was to come to: what was foreseen when it began, however often it is resumed.</summary>
    /// <exception cref="RunException">It is there, but damaged.</exception>
    internal RunForecast Forecast(Func<RunForecast> foresee)
    {
        if (File.Exists(ForecastFile))
        {
            return Read(ForecastFile, RunForecastJson.Default.RunForecast);
        }
        RunForecast forecast = foresee();
        WholeFile.Write(ForecastFile, JsonSerializer.SerializeToUtf8Bytes(forecast, RunForecastJson.Default.RunForecast));
        return forecast;
    }

    internal string ModelFile(string arm) => System.IO.Path.Combine(Path, "models", $"{arm}.safetensors");

    internal string CheckpointFile(string arm, int repeat) =>
        System.IO.Path.Combine(StateFolder(Path), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{arm}.{repeat}.safetensors"));

    /// <summary>Writes the result; from then on the run is done, and what it needed to go on is removed.</summary>
    internal void Finish(RunResult result)
    {
        WholeFile.Write(ResultFile, JsonSerializer.SerializeToUtf8Bytes(result, RunResultJson.Default.RunResult));
        Tidy();
    }

    /// <summary>Removes what only an unfinished run needs.</summary>
    internal void Tidy()
    {
        _lock.Dispose();
        Directory.Delete(StateFolder(Path), recursive: true);
    }

    public void Dispose() => _lock.Dispose();

    /// <remarks>A run that died before it wrote its experiment left nothing but an empty frame, which the next may use.</remarks>
    private static void RequireFree(string path)
    {
        string[] frame =
        [
            StateFolder(path), System.IO.Path.Combine(path, "models"), System.IO.Path.Combine(StateFolder(path), "lock"),
            StateFileOf(path), StateFileOf(path) + WholeFile.PartSuffix, ExperimentOf(path) + WholeFile.PartSuffix,
        ];
        if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path, "*", SearchOption.AllDirectories).Except(frame).Any()))
        {
            bool couldResume = File.Exists(ExperimentOf(path));
            throw new RunException($"The run folder must be new or empty, but {path} is there already. Choose another{(couldResume ? ", or resume the run that it holds" : "")}.") { CouldResume = couldResume };
        }
    }

    private static string ExperimentOf(string path) => System.IO.Path.Combine(path, ExperimentFile.DefaultName);

    private static string StateFileOf(string path) => System.IO.Path.Combine(StateFolder(path), "run.json");

    private static string StateFolder(string path) => System.IO.Path.Combine(path, "state");

    private int CheckState(string data, int? repeat, string version)
    {
        RunState? state = Result() is null ? Read(StateFile, StateJson.Default.RunState) : null;
        int seeds = state?.Repeat ?? Result()!.Repeats;
        if (repeat is { } asked && asked != seeds)
        {
            throw new RunException($"The run in {Path} has {seeds} seeds and can be resumed with no other number, but {asked} were asked for.");
        }
        if (state is null)
        {
            return seeds;
        }
        if (state.Data != data)
        {
            throw new RunException($"The run in {Path} was begun with other data: its rows and sites have sha256 {state.Data}, but those of today {data}. Restore the files, or begin a new run.");
        }
        return state.Atoll == version ? state.Repeat
            : throw new RunException($"The run in {Path} was begun by Atoll {state.Atoll}; only that version gives the same bytes (this is {version}).");
    }

    private static T Read<T>(string file, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), type) ?? throw new JsonException("it says null.");
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            throw new RunException($"A run folder must be whole, but {file} is not: {e.Message}", e);
        }
    }

    private static FileStream Lock(string path)
    {
        Directory.CreateDirectory(StateFolder(path));
        try
        {
            return new FileStream(System.IO.Path.Combine(StateFolder(path), "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when ((held.HResult & 0xFFFF) is SharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            throw new RunException($"Another process is running in {path}. One at a time.", held);
        }
    }
}

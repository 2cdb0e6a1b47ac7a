using System.Text.Json;
using Atoll.Cli.Serving;
using Atoll.Coordinator.Live;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Verification;
using Atoll.Simulation;

namespace Atoll.Cli.Ledger;

/// <summary>Holds what lies beside a ledger against it. Only the ledger is believed, and only once all of it verified: files may be missing, anybody's, or anything.</summary>
/// <param name="folder">The run's.</param>
/// <param name="ledger">The ledger's file, for messages.</param>
internal sealed class FolderCheck(string folder, string ledger, CancellationToken cancellation)
{
    private const string ResultName = "result.json", Models = "models", ModelExtension = ".safetensors";

    /// <summary>The largest result in which the first difference is looked for.</summary>
    private const int LargestCompared = 64 << 20;

    private readonly MerkleFrontier _tree = new(); // up to the entry that ended the run, as its result has it
    private readonly Dictionary<string, (long Entry, Digest Model)> _models = new(StringComparer.Ordinal);
    private FileFinding _experiment = new(ExperimentFile.DefaultName, FileState.NotChecked, "entry 0 names no experiment") { IsOfResult = true };
    private RunCreated? _created;
    private RunFold? _fold;
    private string? _unfolded;
    private bool _isOver;

    /// <summary>Takes the next entry of the ledger, as the verifier lets it through.</summary>
    public void Take(LedgerEntry entry)
    {
        if (_isOver)
        {
            return;
        }
        _tree.Append(entry.Hash);
        switch (entry.Kind)
        {
            case EntryKind.RunCreated:
                Begin(entry);
                break;
            case EntryKind.ArmFinished when entry.Read<ArmFinished>() is { Model: { } model } arm:
                _models[arm.Arm] = (entry.Index, model);
                break;
            case EntryKind.RunFinished:
                foreach ((string arm, Digest model) in entry.Read<RunFinished>().Models ?? new Dictionary<string, Digest>())
                {
                    _models[arm] = (entry.Index, model);
                }
                break;
        }
        Fold(() => _fold!.Take(entry));
        _isOver = entry.Kind is EntryKind.RunFinished or EntryKind.RunAborted;
    }

    /// <summary>Holds the folder against the entries that were taken.</summary>
    /// <param name="result">What verifying them found: no problem.</param>
    public FolderFindings Check(VerificationResult result)
    {
        FileFinding folded = Result(); // with it come the sites' schemas, by which a model can be read
        return new([_experiment, .. _models.Select(arm => Model(arm.Key, arm.Value.Entry, arm.Value.Model)), folded, .. Unnamed(), .. Blobs()], result.IsComplete);
    }

    private void Begin(LedgerEntry entry)
    {
        _created = entry.Read<RunCreated>();
        if (_created.Experiment is { } named)
        {
            _experiment = Hold(ExperimentFile.DefaultName, named, "entry 0 names") with { IsOfResult = true };
        }
        if (_experiment.State == FileState.Holds)
        {
            Fold(() => _fold = FolderFold.Begin(folder, ledger, entry));
        }
        else
        {
            _unfolded = "it follows from the ledger and the experiment, and there is no experiment to go by";
        }
    }

    private FileFinding Model(string arm, long entry, Digest model) => (RunName.IsLegal(arm)
        ? OfLastRound(Hold($"{Models}/{arm}{ModelExtension}", model, $"entry {entry} names"), arm)
        : new(Models, FileState.NotChecked, $"entry {entry} names a model of '{arm}', which cannot be the name of a file", $"{model}")) with { IsOfResult = true };

    /// <summary>That a model is the arm's is the coordinator's word alone; what its last round ended with, sites evaluated and signed for.</summary>
    private FileFinding OfLastRound(FileFinding file, string arm)
    {
        if (file.State != FileState.Holds || !_isOver || _unfolded is not null)
        {
            return file;
        }
        try
        {
            return _fold!.IsOfLastRound(arm, SafetensorsFile.Read(Path.Combine(folder, file.File)).Tensors, Body) switch
            {
                true => file with { Text = file.Text + ", and the weights that the last round ended with" },
                false => file with { State = FileState.Differs, Text = "it must have the weights that the last round ended with, but has others" },
                null => file with { State = FileState.NotChecked, Text = $"{file.Text}; but the body that the last round ended with is not there to hold its weights against" },
            };
        }
        catch (TensorFileException e)
        {
            return file with { State = FileState.Differs, Text = $"it must be a model of {arm}: {e.Message}" };
        }
    }

    private FileStream? Body(Digest name) =>
        Hold($"blobs/{name}", name, "its name gives").State == FileState.Holds ? File.OpenRead(Path.Combine(folder, "blobs", $"{name}")) : null;

    private FileFinding Result()
    {
        byte[]? must = null;
        if (_isOver)
        {
            Fold(() => must = Folded());
        }
        FileFinding found = must is null
            ? new(ResultName, FileState.NotChecked, _isOver ? _unfolded! : "the run is not over, so it has no result yet")
            : Hold(ResultName, Digest.Of(must), "the ledger's entries come to");
        return (found.State == FileState.Differs ? found with { Text = found.Text + Difference(must!) } : found) with { IsOfResult = true };
    }

    private byte[] Folded()
    {
        if (_fold!.SchemasBody is { } schemas && Hold($"blobs/{schemas}", schemas, "its name gives") is { State: not FileState.Holds } body)
        {
            throw new CommandException(ExitCode.DoesNotVerify, $"it follows from the ledger and the sites' schemas, but of {body.File}: {body.Text}");
        }
        FolderFold.TakeSchemas(_fold, folder);
        return JsonSerializer.SerializeToUtf8Bytes(_fold.Result(_tree.Size, _tree.Root), RunResultJson.Default.RunResult);
    }

    /// <summary>Where a result differs, as far as that can be said.</summary>
    private string Difference(byte[] must)
    {
        string version = _created!.Atoll == ExperimentRun.Version ? "" : $"; this is Atoll {ExperimentRun.Version}, and the run of {_created.Atoll} may have been written otherwise";
        string file = Path.Combine(folder, ResultName);
        try
        {
            if (FileDigest.Length(file) is > 0 and <= LargestCompared)
            {
                using JsonDocument was = JsonDocument.Parse(File.ReadAllBytes(file));
                return $": {JsonDifference.First(JsonElement.Parse(must), was.RootElement) ?? "it says the same, written otherwise"}{version}";
            }
            return version;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return $": it cannot be read as JSON{version}"; // names that are no text are an InvalidOperationException
        }
    }

    /// <summary>What people may take for a part of the record, though nothing in it says what they must be.</summary>
    private IEnumerable<FileFinding> Unnamed()
    {
        string[] others = [.. Names(Models).Where(name => !_models.ContainsKey(name.EndsWith(ModelExtension, StringComparison.Ordinal) ? name[..^ModelExtension.Length] : ""))];
        if (others.Length > 0)
        {
            yield return new(Models, FileState.NotChecked, $"the ledger names no {string.Join(", ", others)}");
        }
        if (File.Exists(Path.Combine(folder, Running.RunSession.ReportName)))
        {
            yield return new(Running.RunSession.ReportName, FileState.NotChecked, "the ledger names no report");
        }
    }

    /// <summary>Bodies are named by what they hold; which of them are still there is the coordinator's choice.</summary>
    private IEnumerable<FileFinding> Blobs()
    {
        int held = 0;
        foreach (string name in Names("blobs"))
        {
            if (Digest.TryParse(name, out Digest named))
            {
                FileFinding found = Hold($"blobs/{name}", named, "its name gives");
                held += found.State == FileState.Holds ? 1 : 0;
                if (found.State != FileState.Holds)
                {
                    yield return found;
                }
            }
        }
        yield return held > 0 ? new("blobs", FileState.Holds, $"{held} there {(held == 1 ? "has" : "have")} the SHA-256 in the name") : new("blobs", FileState.NotChecked, "none is there");
    }

    private string[] Names(string of)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Path.Combine(folder, of)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // no such folder; where it may not be read, its files may not either, and each says so
        }
    }

    private FileFinding Hold(string name, Digest must, string namer)
    {
        string path = Path.Combine(folder, name);
        if (Directory.Exists(path))
        {
            return new(name, FileState.Differs, "it must be a file (was a folder)", $"{must}");
        }
        try
        {
            Digest has = FileDigest.Of(path, cancellation);
            return has == must ? new(name, FileState.Holds, $"it has the SHA-256 that {namer}", $"{must}", $"{has}")
                : new(name, FileState.Differs, $"{namer} the SHA-256 {must}, but it has {has}", $"{must}", $"{has}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = e is FileNotFoundException or DirectoryNotFoundException ? "it is not there" : $"it cannot be read ({e.Message.TrimEnd('.')})";
            return new(name, FileState.NotChecked, $"{why}; {namer} the SHA-256 {must}", $"{must}");
        }
    }

    /// <summary>Folding stops at the first thing that is not as in a run of this program: a ledger may verify, and yet be of none.</summary>
    private void Fold(Action step)
    {
        if (_unfolded is not null)
        {
            return;
        }
        try
        {
            step();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _unfolded = e is CommandException ? e.Message : $"it cannot be folded from the ledger by this version of Atoll: {e.Message}";
        }
    }
}

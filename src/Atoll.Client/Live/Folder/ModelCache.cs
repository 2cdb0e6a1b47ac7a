using Atoll.Client.Live.Connection;
using Atoll.Experiments;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Folder;

/// <summary>The last few models that were fetched: what is evaluated after a round is what the next one trains from.</summary>
internal sealed class ModelCache(string folder)
{
    private const int Kept = 4;

    private readonly HashSet<string> _whole = []; // by this process; a loss of power may have torn what an earlier one left

    /// <summary>A model's file, fetched where it is not there yet. Its content has been held against its hash.</summary>
    public async Task<string> GetAsync(Digest model, long? bytes, CoordinatorConnection coordinator, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, model.ToString());
        if (!_whole.Contains(path) && File.Exists(path) && Digest.Parse(SafetensorsFile.Sha256(path)) != model)
        {
            File.Delete(path);
        }
        if (!File.Exists(path))
        {
            await coordinator.DownloadAsync(model, bytes, path, cancellation).ConfigureAwait(false);
        }
        _whole.Add(path);
        Forget(path);
        return path;
    }

    /// <summary>How much of a model that is being fetched has come.</summary>
    public long BytesOf(Digest model) => new FileInfo(Path.Combine(folder, model + WholeFile.PartSuffix)) is { Exists: true } part ? part.Length : 0;

    public void Clear()
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }
    }

    private void Forget(string newest)
    {
        foreach (FileInfo old in new DirectoryInfo(folder).GetFiles().Where(file => file.FullName != newest).OrderByDescending(file => file.CreationTimeUtc).Skip(Kept - 1))
        {
            old.Delete();
            _whole.Remove(old.FullName);
        }
    }
}

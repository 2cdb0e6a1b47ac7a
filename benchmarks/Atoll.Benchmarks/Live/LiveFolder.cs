using Atoll.Ledger.Storage;

namespace Atoll.Benchmarks.Live;

/// <summary>A folder for one run across processes, gone afterwards.</summary>
internal sealed class LiveFolder : IDisposable
{
    public LiveFolder(string experiment)
    {
        Path = Directory.CreateTempSubdirectory("atoll-bench-").FullName;
        File.WriteAllText(At("experiment.yaml"), experiment);
    }

    public string Path { get; }

    public string Ledger => FileLedger.FileOf(At("run"));

    public string At(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

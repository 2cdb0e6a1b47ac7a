namespace Atoll.Ledger.Tests.Fixtures;

/// <summary>A folder of a test's own.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("atoll-ledger-").FullName;

    public string Ledger => At("ledger.jsonl");

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

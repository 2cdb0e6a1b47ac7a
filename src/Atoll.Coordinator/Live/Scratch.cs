using System.Globalization;
using System.Text.Json;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Coordinator.Live.Blobs;
using Atoll.Coordinator.Live.Record;
using Atoll.Learning.Data.Schema;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Live;

/// <summary>Writes what a blob store is to keep: first to a file of its own.</summary>
internal sealed class Scratch
{
    private readonly IBlobStore _blobs;
    private readonly string _folder;
    private long _files;

    /// <param name="folder">Emptied: nothing in it outlives a process.</param>
    public Scratch(IBlobStore blobs, string folder)
    {
        (_blobs, _folder) = (blobs, folder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        PrivateFolder.Make(folder);
    }

    public async Task<Digest> KeepAsync(byte[] content)
    {
        string file = NewFile();
        await File.WriteAllBytesAsync(file, content);
        Digest name = Digest.Of(content);
        await PutAsync(name, file);
        return name;
    }

    public async Task<(Digest Name, long Bytes)> KeepAsync(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string file = NewFile();
        Digest name = Digest.Parse(SafetensorsFile.Write(file, tensors, metadata));
        long bytes = new FileInfo(file).Length;
        await PutAsync(name, file);
        return (name, bytes);
    }

    public async Task<byte[]> ReadAsync(Digest name, CancellationToken cancellation)
    {
        await using Stream stream = await OpenAsync(name, cancellation);
        using MemoryStream content = new();
        await stream.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    /// <summary>By arm, what a site told of its table when it enrolled.</summary>
    public async Task<IReadOnlyDictionary<string, TableSummary>> ReadSummariesAsync(SiteRecord enrolled, CancellationToken cancellation) =>
        JsonSerializer.Deserialize(await ReadAsync(enrolled.Summaries!.Value, cancellation), RecordJson.Default.IReadOnlyDictionaryStringTableSummary)!;

    public async Task<IReadOnlyDictionary<string, float[]>> ReadVectorsAsync(Digest name, CancellationToken cancellation)
    {
        await using Stream stream = await OpenAsync(name, cancellation);
        return SafetensorsFile.Read(stream, stream.Length).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray());
    }

    private async Task<Stream> OpenAsync(Digest name, CancellationToken cancellation) => await _blobs.OpenAsync(name, cancellation)
        ?? throw new Ledger.LedgerException($"What the ledger names must be kept beside it, but {name} is not there.");

    private async Task PutAsync(Digest name, string file)
    {
        await _blobs.PutAsync(name, file, CancellationToken.None);
        File.Delete(file);
    }

    private string NewFile() => Path.Combine(_folder, Interlocked.Increment(ref _files).ToString(CultureInfo.InvariantCulture));
}

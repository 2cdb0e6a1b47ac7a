using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Atoll.Ledger.Storage;

namespace Atoll.Client.Live.Folder;

/// <summary>Files that nobody but their owner reads, in a folder of mode 0700: each there whole or not at all, and on the disk once it is written, unless it may go with the power.</summary>
internal sealed class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;

    public PrivateFiles(string folder)
    {
        _folder = folder;
        MakeFolder(folder);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & ~(Owner | UnixFileMode.UserExecute)) != 0)
        {
            throw new IOException($"{folder} holds the site's key and must be its owner's alone (chmod 700), but has mode {Convert.ToString((int)File.GetUnixFileMode(folder), 8)}.");
        }
    }

    public string At(params string[] names) => Path.Combine([_folder, .. names]);

    public bool Has(string name) => File.Exists(At(name));

    public byte[]? Read(string name) => Has(name) ? File.ReadAllBytes(At(name)) : null;

    /// <exception cref="SiteFolderException">The file is damaged.</exception>
    public T? Read<T>(string name, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return Read(name) is not { } json ? null : JsonSerializer.Deserialize(json, type) ?? throw Damaged(name);
        }
        catch (JsonException e)
        {
            throw Damaged(name, e);
        }
    }

    /// <summary>To be thrown where a file is not what was written.</summary>
    public SiteFolderException Damaged(string name, Exception? why = null) =>
        new($"{At(name)} must be as the site wrote it, but is {(Has(name) ? $"not{(why is null ? "" : $": {why.Message.TrimEnd('.')}")}" : "not there")}. Restore the folder from a copy, or join with another token and another --state.", why);

    public void Write<T>(string name, T value, JsonTypeInfo<T> type, bool survivesPowerLoss = true) => Write(name, JsonSerializer.SerializeToUtf8Bytes(value, type), survivesPowerLoss);

    public void Write(string name, ReadOnlySpan<byte> content, bool survivesPowerLoss = true)
    {
        string path = At(name), part = path + ".part";
        File.Delete(part);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }
        using (FileStream file = new(part, options))
        {
            file.Write(content);
            file.Flush(survivesPowerLoss);
        }
        File.Move(part, path, overwrite: true);
        if (survivesPowerLoss)
        {
            FolderSync.Flush(_folder);
        }
    }

    public void Delete(string name) => File.Delete(At(name));

    public string Subfolder(string name)
    {
        MakeFolder(At(name));
        return At(name);
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder); // inherits who may read it from the folder above
        }
        else
        {
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
        }
    }
}

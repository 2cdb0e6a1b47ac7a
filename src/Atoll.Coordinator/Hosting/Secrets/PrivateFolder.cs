using Atoll.Ledger.Storage;

namespace Atoll.Coordinator.Hosting.Secrets;

/// <summary>A folder whose files nobody but their owner reads: made with mode 0700, its files with 0600, before a byte is in them.</summary>
internal sealed class PrivateFolder
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;

    public PrivateFolder(string path)
    {
        _path = path;
        Make(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(Owner | UnixFileMode.UserExecute)) != 0)
        {
            throw new IOException($"{path} holds the run's keys and must be its owner's alone (chmod 700), but has mode {Convert.ToString((int)File.GetUnixFileMode(path), 8)}.");
        }
    }

    /// <summary>Makes a folder that nobody but its owner looks into, where there is none.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path); // the user's profile is private there; elsewhere the folder's permissions are the operator's
        }
        else
        {
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
        }
    }

    public byte[]? Read(string name)
    {
        string file = Path.Combine(_path, name);
        return File.Exists(file) ? File.ReadAllBytes(file) : null;
    }

    /// <summary>Whole or not at all, and on the disk when this returns.</summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        string file = Path.Combine(_path, name), part = file + ".part";
        File.Delete(part);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }
        using (FileStream stream = new(part, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(part, file, overwrite: true);
        FolderSync.Flush(_path);
    }

    /// <summary>What the file holds; made by <paramref name="make"/> where there is none yet.</summary>
    public byte[] ReadOrMake(string name, Func<byte[]> make)
    {
        if (Read(name) is { } kept)
        {
            return kept;
        }
        byte[] made = make();
        Write(name, made);
        return made;
    }
}

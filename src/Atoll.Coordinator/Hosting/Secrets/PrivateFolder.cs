using Atoll.Ledger.Storage;

namespace Atoll.Coordinator.Hosting.Secrets;

/// <summary>A folder whose files nobody but their owner reads: made with mode 0700, its files with 0600, before a byte is in them.</summary>
internal sealed class PrivateFolder
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;

    /// <exception cref="IOException">Others may look into it.</exception>
    public PrivateFolder(string path)
    {
        _path = path;
        Make(path);
        RequireOwners(path, Owner | UnixFileMode.UserExecute, "holds the run's keys and must be its owner's alone (chmod 700)");
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

    /// <summary>What the file holds; null where there is none.</summary>
    /// <exception cref="IOException">Others may read it.</exception>
    public byte[]? Read(string name)
    {
        string file = Path.Combine(_path, name);
        if (!File.Exists(file))
        {
            return null;
        }
        RequireOwners(file, Owner, "is a secret of the run and must be its owner's alone (chmod 600)");
        return File.ReadAllBytes(file);
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

    private static void RequireOwners(string path, UnixFileMode widest, string must)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~widest) != 0)
        {
            throw new IOException($"{path} {must}, but has mode {Convert.ToString((int)File.GetUnixFileMode(path), 8)}.");
        }
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

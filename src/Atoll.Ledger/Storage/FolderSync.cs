using System.Runtime.InteropServices;

namespace Atoll.Ledger.Storage;

/// <summary>Makes a folder's list of names durable: without it a new file may be gone after a loss of power, however well its content was written.</summary>
public static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <remarks>Windows keeps a file's name with the file, and has nothing to call.</remarks>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        int handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            throw Failure("open", folder);
        }
        try
        {
            if (Fsync(handle) != 0)
            {
                throw Failure("fsync", folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failure(string call, string folder) => new($"{folder} must be made durable, but {call} failed: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}

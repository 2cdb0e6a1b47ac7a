namespace Atoll.Simulation.Folder;

/// <summary>Writes a file that is there whole or not at all, whatever happens meanwhile.</summary>
internal static class WholeFile
{
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string part = path + ".part";
        try
        {
            using (FileStream file = new(part, FileMode.Create, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}

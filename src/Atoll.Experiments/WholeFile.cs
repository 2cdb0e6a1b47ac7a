namespace Atoll.Experiments;

/// <summary>Writes a file that is there whole or not at all, whatever happens meanwhile.</summary>
public static class WholeFile
{
    /// <summary>What follows the name of a file that is still being written.</summary>
    public const string PartSuffix = ".part";

    /// <summary>Writes beside the file, to disk, and then puts the new file in the old one's place.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string part = path + PartSuffix;
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

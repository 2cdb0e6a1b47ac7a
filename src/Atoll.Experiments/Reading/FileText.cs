using System.Text;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Reading;

/// <summary>A file's bytes to text: UTF-8, of a size that an experiment can have.</summary>
internal static class FileText
{
    public const int LargestBytes = 1 << 20;

    /// <exception cref="ExperimentFileException">The file cannot be read or is not such text.</exception>
    public static string Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            byte[] bytes = new byte[LargestBytes + 1];
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Decode(bytes.AsSpan(0, read), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Refused(path, e is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file. An experiment is a YAML file, or a folder that holds experiment.yaml."
                : $"the file cannot be read: {e.Message}");
        }
    }

    public static string Decode(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length > LargestBytes)
        {
            throw Refused(file, $"an experiment file must be at most {LargestBytes} bytes (was larger).");
        }
        ReadOnlySpan<byte> body = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (DecoderFallbackException e)
        {
            // The exception's index counts bytes from the start of what was decoded.
            ReadOnlySpan<byte> before = body[..Math.Clamp(e.Index, 0, body.Length)];
            int line = before.Count((byte)'\n') + 1, column = before.Length - before.LastIndexOf((byte)'\n');
            ProblemList problems = new(file);
            problems.Add(new(line, column, ""), $"The file must be UTF-8 text (was byte 0x{e.BytesUnknown?[0]:X2} here)");
            problems.ThrowIfAny();
            throw;
        }
    }

    /// <summary>Said here because the parser's own words for it do not name the tab.</summary>
    public static void RefuseTabs(string file, ProblemList problems)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in file.AsSpan().EnumerateLines())
        {
            number++;
            int text = line.IndexOfAnyExcept(' ', '\t');
            if (text > 0 && line[..text].IndexOf('\t') is >= 0 and int tab)
            {
                problems.Add(new(number, tab + 1, ""), "The indentation must be spaces (was a tab)");
            }
        }
        problems.ThrowIfAny();
    }

    private static ExperimentFileException Refused(string file, string message) =>
        new([new() { File = file, Line = 0, Column = 0, Field = "", Message = message }]);
}

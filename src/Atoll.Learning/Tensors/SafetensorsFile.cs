using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Atoll.Learning.Tensors;

/// <summary>
/// Safetensors of 32-bit floats: eight bytes with the header's length, a JSON header, the numbers. Little-endian throughout.
/// </summary>
/// <remarks>
/// <see href="https://huggingface.co/docs/safetensors"/>. The bytes are a pure function of the tensors, their order and the metadata, so a file's
/// SHA-256 names its content. Reading trusts nothing: no buffer is larger than the bytes that are, or may be, there.
/// </remarks>
public static class SafetensorsFile
{
    /// <summary>The format's own limit.</summary>
    public const int MaximumHeaderBytes = 100_000_000;

    /// <summary>Writes beside the file, to disk, and then puts the new file in the old one's place: a reader sees one or the other, never half.</summary>
    /// <param name="survivesPowerLoss">Whether to wait until the disk has it. Else a loss of power soon after may leave a file that is not whole.</param>
    /// <returns>The SHA-256 of the file, in lower-case hexadecimal.</returns>
    public static string Write(string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null, bool survivesPowerLoss = true)
    {
        string partial = path + ".partial", hash;
        File.Delete(partial); // where one was left: file systems write what was cut to nothing as soon as it is closed, even if it is gone again before long
        FileStream file = new(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            using (file)
            {
                hash = Write(file, tensors, metadata);
                file.Flush(survivesPowerLoss);
            }
            File.Move(partial, path, overwrite: true);
            return hash;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Writes to a stream, tensor by tensor, without a copy of the numbers.</summary>
    /// <returns>The SHA-256 of what was written, in lower-case hexadecimal.</returns>
    /// <exception cref="InvalidOperationException">A name is reserved, used twice, or no Unicode text.</exception>
    public static string Write(Stream stream, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        RequireLittleEndian();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Put(HeaderWriter.Write(tensors, metadata ?? new Dictionary<string, string>()));
        foreach (var tensor in tensors)
        {
            Put(MemoryMarshal.AsBytes(tensor.Values.Span));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Put(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            hash.AppendData(bytes);
        }
    }

    /// <summary>The SHA-256 that a file of these tensors has, in lower-case hexadecimal.</summary>
    public static string Sha256(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) => Write(Stream.Null, tensors, metadata);

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <exception cref="TensorFileException">The file is not whole, or not of this format.</exception>
    public static TensorFile Read(string path)
    {
        using var file = File.OpenRead(path);
        try
        {
            return Read(file, file.Length);
        }
        catch (TensorFileException e)
        {
            throw new TensorFileException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="maximumBytes">How long the stream may be; more is refused before it is read.</param>
    /// <exception cref="TensorFileException">The bytes are not whole, not of this format, or too many.</exception>
    public static TensorFile Read(Stream stream, long maximumBytes)
    {
        RequireLittleEndian();
        var (entries, metadata) = ReadHeader(stream, maximumBytes, out long needed);
        List<NamedTensor> tensors = new(entries.Count);
        foreach (var entry in entries)
        {
            var values = new float[entry.Length];
            Fill(stream, MemoryMarshal.AsBytes(values.AsSpan()), $"tensor '{entry.Name}'");
            tensors.Add(new NamedTensor(entry.Name, entry.Dimensions, values));
        }
        RequireEnd(stream, needed);
        return new TensorFile(tensors, metadata);
    }

    /// <summary>Reads a stream to its end into vectors that the caller has: these tensors, each of one dimension and this length, and no others.</summary>
    /// <param name="maximumBytes">How long the stream may be; more is refused before it is read.</param>
    /// <exception cref="TensorFileException">The bytes are not whole, not of this format, too many, or of other tensors; what was read so far is in the vectors.</exception>
    public static void ReadInto(Stream stream, long maximumBytes, IReadOnlyList<(string Name, Memory<float> Values)> vectors)
    {
        RequireLittleEndian();
        IReadOnlyList<HeaderEntry> entries = ReadHeader(stream, maximumBytes, out long needed).Entries;
        string[] names = [.. vectors.Select(vector => vector.Name)];
        if (entries.Count != names.Length || entries.Any(entry => !names.Contains(entry.Name)))
        {
            throw new TensorFileException($"The tensors must be {string.Join(" and ", names)}, but are {(entries.Count == 0 ? "none" : string.Join(" and ", entries.Take(8).Select(entry => entry.Name)))}.");
        }
        foreach (HeaderEntry entry in entries)
        {
            Memory<float> values = vectors[Array.IndexOf(names, entry.Name)].Values;
            if (entry.Dimensions is not [var length] || length != values.Length)
            {
                throw new TensorFileException($"Tensor '{entry.Name}' must have shape [{values.Length}], but has [{string.Join(", ", entry.Dimensions)}].");
            }
            Fill(stream, MemoryMarshal.AsBytes(values.Span), $"tensor '{entry.Name}'");
        }
        RequireEnd(stream, needed);
    }

    private static (IReadOnlyList<HeaderEntry> Entries, IReadOnlyDictionary<string, string> Metadata) ReadHeader(Stream stream, long maximumBytes, out long needed)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        Fill(stream, prefix, "the header's length");
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long left = maximumBytes - prefix.Length;
        if (claimed > (ulong)Math.Min(MaximumHeaderBytes, Math.Max(left, 0)))
        {
            throw new TensorFileException($"The header may have at most {Math.Min(MaximumHeaderBytes, left)} bytes here, but claims {claimed}.");
        }
        var header = HeaderReader.Read(Header(stream, (int)claimed));

        needed = header.Entries.Count == 0 ? 0 : header.Entries[^1].End;
        left -= (long)claimed;
        if (needed > left)
        {
            throw new TensorFileException($"The tensors need {needed} bytes, but at most {left} can follow the header.");
        }
        return header;
    }

    private static void RequireEnd(Stream stream, long needed)
    {
        if (stream.ReadByte() != -1)
        {
            throw new TensorFileException($"The file must end with its tensors after {needed} bytes of numbers, but there is more.");
        }
    }

    /// <summary>Grows with what arrives: a stream that claims a long header and ends costs no memory.</summary>
    private static ReadOnlySpan<byte> Header(Stream stream, int length)
    {
        const int firstBytes = 1 << 16;
        byte[] header = new byte[Math.Min(length, firstBytes)];
        Fill(stream, header, "the header");
        while (header.Length < length)
        {
            int have = header.Length;
            Array.Resize(ref header, (int)Math.Min(length, 2L * have));
            Fill(stream, header.AsSpan(have), "the header");
        }
        return header;
    }

    private static void Fill(Stream stream, Span<byte> bytes, string what)
    {
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new TensorFileException($"The file ends inside {what}: {bytes.Length} bytes are due, but {read} are there.");
        }
    }

    private static void RequireLittleEndian() =>
        Require.That(BitConverter.IsLittleEndian, $"Safetensors are written and read on little-endian processors only, but this one is {RuntimeInformation.ProcessArchitecture}.");
}

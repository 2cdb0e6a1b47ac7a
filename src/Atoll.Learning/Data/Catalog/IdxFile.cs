using System.Buffers.Binary;

namespace Atoll.Learning.Data.Catalog;

/// <summary>
/// Reads the IDX format of MNIST: a magic number (0, 0, 8 = bytes, number of dimensions), the dimensions as big-endian 32-bit numbers, the bytes.
/// </summary>
/// <remarks>Described by LeCun, Cortes and Burges at <see href="http://yann.lecun.com/exdb/mnist/"/>.</remarks>
internal static class IdxFile
{
    /// <summary>The bytes behind the header.</summary>
    /// <param name="dimensions">What they must be; −1: any.</param>
    /// <exception cref="DataException">The header or the length is not what it must be.</exception>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> file, string name, params ReadOnlySpan<int> dimensions)
    {
        int header = 4 + (4 * dimensions.Length);
        uint magic = 0x0800 | (uint)dimensions.Length;
        if (file.Length < header || BinaryPrimitives.ReadUInt32BigEndian(file) != magic)
        {
            throw new DataException($"{name} must be an IDX file of bytes in {dimensions.Length} dimensions (begin with {magic:x8}), "
                + $"but begins with {Convert.ToHexStringLower(file[..Math.Min(4, file.Length)])}.");
        }
        long expected = header, count = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(file[(4 + (4 * i))..]);
            if (dimensions[i] >= 0 && size != dimensions[i])
            {
                throw new DataException($"{name} must have {dimensions[i]} in dimension {i + 1}, but has {size}.");
            }
            count = Math.Min(count * size, int.MaxValue);
        }
        expected += count;
        if (file.Length != expected)
        {
            throw new DataException($"{name} must have {expected} bytes as its header says, but has {file.Length}.");
        }
        return file[header..];
    }
}

using System.Buffers.Binary;
using System.Text;
using Atoll.Learning.Tensors;

namespace Atoll.Learning.Tests.Tensors;

/// <summary>Files to read and to spoil.</summary>
internal static class Example
{
    public static IReadOnlyList<NamedTensor> Tensors { get; } =
    [
        new("0.weight", [2, 3], (float[])[1, -2, 3.5f, float.MinValue, 1e-40f, -0f]),
        new("scalar", [], (float[])[42]),
        new("empty", [0, 5], (float[])[]),
        new("größe \"π\"\n", [2], (float[])[float.NaN, float.PositiveInfinity]),
    ];

    public static IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string> { ["seed"] = "7", ["arm"] = "fedavg" };

    public static byte[] Bytes { get; } = Write(Tensors, Metadata);

    public static byte[] Write(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using MemoryStream stream = new();
        SafetensorsFile.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    public static TensorFile Read(byte[] bytes) => SafetensorsFile.Read(new MemoryStream(bytes), bytes.Length);

    /// <summary>A file from a header as it stands and that many bytes of data.</summary>
    public static byte[] File(string header, int data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), file = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }
}

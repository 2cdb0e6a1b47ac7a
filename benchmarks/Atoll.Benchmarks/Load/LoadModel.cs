using Atoll.Learning.Tensors;

namespace Atoll.Benchmarks.Load;

/// <summary>The weights in a model's body or file, one after the other.</summary>
internal sealed record LoadModel(ReadOnlyMemory<float> Weights)
{
    public static LoadModel Read(byte[] body) => new(SafetensorsFile.Read(new MemoryStream(body), body.Length).Tensors.SelectMany(tensor => tensor.Values.ToArray()).ToArray());
}

namespace Atoll.Learning.Tensors;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">In the order in which their numbers lie.</param>
/// <param name="Metadata">Free text by name; empty when the file has none.</param>
public sealed record TensorFile(IReadOnlyList<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);

namespace Atoll.Learning.Tensors;

/// <summary>Numbers with a name and a shape, as they stand in a safetensors file.</summary>
/// <remarks>Holds the values it is given, without a copy. Any float is a value, NaN and infinities included.</remarks>
public sealed class NamedTensor
{
    /// <param name="dimensions">Outermost first; the last is contiguous. Empty for a single number.</param>
    public NamedTensor(string name, IReadOnlyList<int> dimensions, ReadOnlyMemory<float> values)
    {
        long length = 1;
        foreach (int d in dimensions)
        {
            length = checked(length * Require.AtLeast(0, d, nameof(dimensions)));
        }
        Require.That(length == values.Length, $"Tensor '{name}' of shape [{string.Join(", ", dimensions)}] needs {length} numbers, but got {values.Length}.");
        (Name, Dimensions, Values) = (name, [.. dimensions], values);
    }

    public string Name { get; }

    public IReadOnlyList<int> Dimensions { get; }

    public ReadOnlyMemory<float> Values { get; }
}

namespace Atoll.Learning.Layers;

/// <summary>A named tensor among a layer's parameters.</summary>
/// <param name="Dimensions">Outermost first; the last is contiguous.</param>
public sealed record ParameterTensor(string Name, IReadOnlyList<int> Dimensions)
{
    public int Length => Dimensions.Aggregate(1, (product, d) => checked(product * d));
}

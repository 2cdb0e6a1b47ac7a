using Atoll.Learning.Models;

namespace Atoll.Learning.Tensors;

/// <summary>A network's flat parameter vector as named tensors, and back. Names are those of <see cref="Network.Parameters"/>, such as <c>0.weight</c>.</summary>
public static class ModelTensors
{
    /// <summary>Views of the vector, in its order; no copy.</summary>
    /// <param name="prefix">Before each name, such as <c>site/</c> where one file holds several models.</param>
    public static IReadOnlyList<NamedTensor> Of(Network network, ReadOnlyMemory<float> parameters, string prefix = "")
    {
        Require.That(parameters.Length == network.ParameterCount, $"The network has {network.ParameterCount} parameters, but got {parameters.Length}.");
        List<NamedTensor> tensors = new(network.Parameters.Count);
        int at = 0;
        foreach (var parameter in network.Parameters)
        {
            tensors.Add(new NamedTensor(prefix + parameter.Name, parameter.Dimensions, parameters.Slice(at, parameter.Length)));
            at += parameter.Length;
        }
        return tensors;
    }

    /// <summary>The parameter vector from the tensors whose names start with the prefix, in whichever order they come.</summary>
    /// <exception cref="TensorFileException">A tensor is missing, has another shape, or is none of the network's.</exception>
    public static float[] Parameters(Network network, IReadOnlyList<NamedTensor> tensors, string prefix = "")
    {
        Dictionary<string, NamedTensor> named = new(StringComparer.Ordinal);
        foreach (var tensor in tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            Refuse(!named.TryAdd(tensor.Name, tensor), $"Tensor '{tensor.Name}' stands there twice.");
        }
        var parameters = new float[network.ParameterCount];
        int at = 0;
        foreach (var parameter in network.Parameters)
        {
            string name = prefix + parameter.Name;
            Refuse(!named.Remove(name, out var tensor), $"The network needs a tensor '{name}' of shape {Text(parameter.Dimensions)}, but there is none.");
            Refuse(!tensor!.Dimensions.SequenceEqual(parameter.Dimensions),
                $"Tensor '{name}' must have shape {Text(parameter.Dimensions)} for this network, but has {Text(tensor.Dimensions)}.");
            tensor.Values.CopyTo(parameters.AsMemory(at));
            at += parameter.Length;
        }
        Refuse(named.Count > 0, $"The network has no tensor '{named.Keys.FirstOrDefault()}'.");
        return parameters;
    }

    private static void Refuse(bool wrong, string message)
    {
        if (wrong)
        {
            throw new TensorFileException(message);
        }
    }

    private static string Text(IReadOnlyList<int> dimensions) => $"[{string.Join(", ", dimensions)}]";
}

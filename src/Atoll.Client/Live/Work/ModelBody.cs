using System.Runtime.InteropServices;
using Atoll.Client.Live.Connection;
using Atoll.Learning.Tensors;

namespace Atoll.Client.Live.Work;

/// <summary>A model as it travels: <c>weights</c>, and <c>control</c> where the local objective exchanges one.</summary>
internal sealed record ModelBody(float[] Weights, float[] Control)
{
    /// <exception cref="ProtocolException">It is no such body, or of another model.</exception>
    public static ModelBody Read(string path, int parameters, bool withControl)
    {
        TensorFile file = Open(path);
        float[] weights = Vector(file, "weights", parameters), control = withControl ? Vector(file, "control", parameters) : [];
        return file.Tensors.Count == (withControl ? 2 : 1) ? new(weights, control)
            : throw new ProtocolException($"A model must have {(withControl ? "weights and control" : "weights")} and nothing else, but the coordinator's has {string.Join(", ", file.Tensors.Select(t => t.Name))}.");
    }

    private static TensorFile Open(string path)
    {
        try
        {
            return SafetensorsFile.Read(path);
        }
        catch (TensorFileException e)
        {
            throw new ProtocolException($"A model must be a safetensors body, but the coordinator's is not: {e.Message}", e);
        }
    }

    /// <summary>A body of which only the weights matter, whether or not a control goes with them.</summary>
    /// <inheritdoc cref="Read"/>
    public static ModelBody ReadEither(string path, int parameters) => new(Vector(Open(path), "weights", parameters), []);

    private static float[] Vector(TensorFile file, string name, int parameters)
    {
        ReadOnlyMemory<float> values = file.Tensors.FirstOrDefault(tensor => tensor.Name == name)?.Values
            ?? throw new ProtocolException($"A model must have '{name}', but the coordinator's has only {string.Join(", ", file.Tensors.Select(t => t.Name))}.");
        if (values.Length != parameters)
        {
            throw new ProtocolException($"The model's {name} must be the {parameters} numbers that the site's network has, but are {values.Length}.");
        }
        return MemoryMarshal.TryGetArray(values, out ArraySegment<float> read) && read.Count == read.Array!.Length ? read.Array : values.ToArray();
    }
}

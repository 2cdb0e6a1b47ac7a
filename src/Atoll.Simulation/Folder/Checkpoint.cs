using System.Runtime.InteropServices;
using System.Text.Json;
using Atoll.Learning.Tensors;
using Atoll.Simulation.Arms;

namespace Atoll.Simulation.Folder;

/// <summary>An arm under way, on disk: its vectors as tensors, what is known of it as metadata.</summary>
internal static class Checkpoint
{
    private const string ProgressKey = "progress", HashKey = "sha256";

    public static void Write(string path, ArmProgress progress, IEnumerable<(string Name, float[] Vector)> vectors)
    {
        NamedTensor[] tensors = [.. vectors.Select(v => new NamedTensor(v.Name, [v.Vector.Length], v.Vector))];
        string text = JsonSerializer.Serialize(progress, StateJson.Default.ArmProgress);
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { [ProgressKey] = text, [HashKey] = Hash(tensors, text) });
    }

    /// <returns>Null where the arm has not been begun.</returns>
    /// <exception cref="RunException">The file is damaged.</exception>
    public static (ArmProgress Progress, IReadOnlyDictionary<string, float[]> Vectors)? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            TensorFile file = SafetensorsFile.Read(path);
            string hash = Hash(file.Tensors, file.Metadata[ProgressKey]);
            if (hash != file.Metadata[HashKey])
            {
                throw new TensorFileException($"its content must have sha256 {file.Metadata[HashKey]}, but has {hash}.");
            }
            var progress = JsonSerializer.Deserialize(file.Metadata[ProgressKey], StateJson.Default.ArmProgress)!;
            return (progress, file.Tensors.ToDictionary(tensor => tensor.Name, Vector));
        }
        catch (Exception e) when (e is TensorFileException or JsonException or KeyNotFoundException)
        {
            throw new RunException($"A checkpoint must be whole, but {path} is not: {e.Message} Delete it to begin its arm anew.", e);
        }
    }

    /// <summary>The array that was read, where there is nothing else in it: a checkpoint may be as large as the memory allows.</summary>
    private static float[] Vector(NamedTensor tensor) =>
        MemoryMarshal.TryGetArray(tensor.Values, out ArraySegment<float> read) && read.Count == read.Array!.Length ? read.Array : tensor.Values.ToArray();

    /// <summary>A single bit that changed on disk would go unnoticed in a number otherwise, and change every round after it.</summary>
    private static string Hash(IReadOnlyList<NamedTensor> tensors, string progress) =>
        SafetensorsFile.Sha256(tensors, new Dictionary<string, string> { [ProgressKey] = progress });
}

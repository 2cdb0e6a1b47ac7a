using System.Text.Json;
using Atoll.Learning.Tensors;
using Atoll.Simulation.Arms;

namespace Atoll.Simulation.Folder;

/// <summary>An arm under way, on disk: its vectors as tensors, what is known of it as metadata.</summary>
internal static class Checkpoint
{
    private const string ProgressKey = "progress";

    public static void Write(string path, ArmProgress progress, IEnumerable<(string Name, float[] Vector)> vectors) => SafetensorsFile.Write(
        path,
        [.. vectors.Select(v => new NamedTensor(v.Name, [v.Vector.Length], v.Vector))],
        new Dictionary<string, string> { [ProgressKey] = JsonSerializer.Serialize(progress, StateJson.Default.ArmProgress) });

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
            var progress = JsonSerializer.Deserialize(file.Metadata[ProgressKey], StateJson.Default.ArmProgress)!;
            return (progress, file.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values.ToArray()));
        }
        catch (Exception e) when (e is TensorFileException or JsonException or KeyNotFoundException)
        {
            throw new RunException($"A checkpoint must be whole, but {path} is not: {e.Message} Delete it to begin its arm anew.", e);
        }
    }
}

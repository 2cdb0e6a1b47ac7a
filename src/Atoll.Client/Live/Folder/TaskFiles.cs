using System.Text.Json;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Live.Folder;

/// <summary>The task under way: how far its training is, or its answer until that has arrived.</summary>
internal sealed class TaskFiles(string folder)
{
    private const string PointKey = "point", HashKey = "sha256", Weights = "weights", First = "first", Second = "second";

    private readonly PrivateFiles _files = new(folder);

    public string UpdateFile => _files.At("update.safetensors");

    /// <summary>The answer that an earlier start left to be sent; null where there is none that is whole: after a loss of power, the task may have to be trained again.</summary>
    public PendingAnswer? Left()
    {
        try
        {
            return _files.Read("answer.json", SiteJson.Default.PendingAnswer) is { } answer && File.Exists(UpdateFile) && Digest.Parse(SafetensorsFile.Sha256(UpdateFile)) == answer.Update.Update ? answer : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string CheckpointFile => _files.At("checkpoint.safetensors");

    /// <param name="tensors">Of the update.</param>
    /// <param name="survivesPowerLoss">Whether it is worth waiting for the disk.</param>
    /// <returns>SHA-256 of the update's file.</returns>
    public Digest WriteUpdate(IReadOnlyList<NamedTensor> tensors, bool survivesPowerLoss)
    {
        _files.Delete("answer.json");
        return Digest.Parse(SafetensorsFile.Write(UpdateFile, tensors, survivesPowerLoss: survivesPowerLoss));
    }

    /// <summary>From here on the task is trained, and the answer is sent until it has arrived.</summary>
    public void Keep(PendingAnswer answer, bool survivesPowerLoss)
    {
        _files.Write("answer.json", answer, SiteJson.Default.PendingAnswer, survivesPowerLoss);
        File.Delete(CheckpointFile);
    }

    public void Checkpoint(CheckpointPoint point, ReadOnlySpan<float> weights, OptimizerState optimizer)
    {
        NamedTensor[] tensors = [Tensor(Weights, weights.ToArray()), Tensor(First, optimizer.First), Tensor(Second, optimizer.Second)];
        string text = JsonSerializer.Serialize(point, SiteJson.Default.CheckpointPoint);
        SafetensorsFile.Write(CheckpointFile, tensors, new Dictionary<string, string> { [PointKey] = text, [HashKey] = Hash(tensors, text) });
    }

    /// <summary>Takes up a checkpoint.</summary>
    /// <returns>Where it was; null where there is none of this task, or it is damaged: then the task is begun anew.</returns>
    public CheckpointPoint? Restore(long task, Span<float> weights, OptimizerState optimizer)
    {
        if (!File.Exists(CheckpointFile))
        {
            return null;
        }
        try
        {
            TensorFile file = SafetensorsFile.Read(CheckpointFile);
            string text = file.Metadata.GetValueOrDefault(PointKey, "");
            CheckpointPoint? point = JsonSerializer.Deserialize(text, SiteJson.Default.CheckpointPoint);
            if (point?.Task != task || file.Metadata.GetValueOrDefault(HashKey) != Hash(file.Tensors, text)
                || file.Tensors.FirstOrDefault(tensor => tensor.Name == Weights) is not { } own
                || file.Tensors.FirstOrDefault(tensor => tensor.Name == First) is not { } first
                || file.Tensors.FirstOrDefault(tensor => tensor.Name == Second) is not { } second
                || (own.Values.Length, first.Values.Length, second.Values.Length) != (weights.Length, optimizer.First.Length, optimizer.Second.Length))
            {
                return null;
            }
            own.Values.Span.CopyTo(weights);
            first.Values.Span.CopyTo(optimizer.First);
            second.Values.Span.CopyTo(optimizer.Second);
            optimizer.Steps = point.OptimizerSteps;
            return point;
        }
        catch (Exception e) when (e is TensorFileException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The task is over.</summary>
    public void Clear()
    {
        _files.Delete("answer.json");
        File.Delete(UpdateFile);
        File.Delete(CheckpointFile);
    }

    private static NamedTensor Tensor(string name, float[] values) => new(name, [values.Length], values);

    private static string Hash(IReadOnlyList<NamedTensor> tensors, string text) => SafetensorsFile.Sha256(tensors, new Dictionary<string, string> { [PointKey] = text });
}

using Atoll.Learning.Data;
using Atoll.Learning.Layers;
using Atoll.Learning.Models;

namespace Atoll.Learning.Training;

/// <summary>The buffers that one thread needs to train or evaluate one network: allocated once, used for every batch.</summary>
public sealed class Workspace
{
    private readonly float[] _input, _targets, _outputs, _outputGradient, _scratch;

    public Workspace(Network network, int maximumBatch)
    {
        (Network, MaximumBatch) = (network, Require.AtLeast(1, maximumBatch));
        _input = Buffer((long)maximumBatch * network.Input.Size);
        _targets = new float[maximumBatch];
        _outputs = Buffer((long)maximumBatch * network.Loss.Outputs);
        _outputGradient = new float[_outputs.Length];
        _scratch = Buffer(network.Layers.ScratchLength(maximumBatch));
    }

    public Network Network { get; }

    public int MaximumBatch { get; }

    /// <summary>Writes the gradient of the mean loss over the rows; gives the mean loss.</summary>
    public double Gradient(ReadOnlySpan<float> parameters, Dataset data, ReadOnlySpan<int> rows, in Pass pass, Span<float> gradient)
    {
        Require.Within(1, MaximumBatch, rows.Length, nameof(rows));
        Require.That(parameters.Length == Network.ParameterCount, $"The network has {Network.ParameterCount} parameters, but got {parameters.Length}.");
        Require.That(gradient.Length == Network.ParameterCount, $"The network's gradient has {Network.ParameterCount} numbers, but got room for {gradient.Length}.");
        Span<float> input = Gather(data, rows), outputs = _outputs.AsSpan(0, rows.Length * Network.Loss.Outputs);
        ReadOnlySpan<float> targets = _targets.AsSpan(0, rows.Length);
        var outputGradient = _outputGradient.AsSpan(0, outputs.Length);
        Pass training = pass with { Batch = rows.Length, Training = true };

        Network.Layers.Forward(training, parameters, input, outputs, _scratch);
        double loss = Network.Loss.Evaluate(outputs, targets, outputGradient) / rows.Length;
        Network.Layers.Backward(training, parameters, input, outputs, outputGradient, [], gradient, _scratch);
        return loss;
    }

    /// <summary>Writes what the network says of the rows (probabilities, or values), and each row's loss.</summary>
    public void Predict(ReadOnlySpan<float> parameters, Dataset data, ReadOnlySpan<int> rows, Span<float> predictions, Span<double> losses)
    {
        Require.That(parameters.Length == Network.ParameterCount, $"The network has {Network.ParameterCount} parameters, but got {parameters.Length}.");
        int width = Network.Loss.Outputs;
        for (int start = 0; start < rows.Length; start += MaximumBatch)
        {
            var batch = rows.Slice(start, Math.Min(MaximumBatch, rows.Length - start));
            var outputs = predictions.Slice(start * width, batch.Length * width);
            Network.Layers.Forward(new Pass(batch.Length), parameters, Gather(data, batch), outputs, _scratch);
            for (int i = 0; i < batch.Length; i++)
            {
                losses[start + i] = Network.Loss.Evaluate(outputs.Slice(i * width, width), _targets.AsSpan(i, 1), []);
            }
            Network.Loss.Predict(outputs);
        }
    }

    private float[] Buffer(long length)
    {
        Require.That(length <= Array.MaxLength, $"A batch of {MaximumBatch} needs a buffer of {length} numbers, but at most {Array.MaxLength} are possible: make the batch or the network smaller.");
        return new float[length];
    }

    private Span<float> Gather(Dataset data, ReadOnlySpan<int> rows)
    {
        int size = Network.Input.Size;
        Require.That(data.Sample.Size == size, $"The network takes samples of {Network.Input}, but the data has {data.Sample}.");
        for (int i = 0; i < rows.Length; i++)
        {
            data.Row(rows[i]).CopyTo(_input.AsSpan(i * size, size));
            _targets[i] = data.Targets[rows[i]];
        }
        return _input.AsSpan(0, rows.Length * size);
    }
}

using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>Layers one after the other.</summary>
/// <remarks>Scratch holds, in order: each layer's output but the last, each layer's own scratch, and two gradients to pass back and forth.</remarks>
public sealed class Sequence : Layer
{
    private readonly Layer[] _layers;
    private readonly int[] _parameterCounts;
    private readonly int _widest;

    public Sequence(IReadOnlyList<Layer> layers) : base(layers[0].Input, layers[^1].Output)
    {
        for (int i = 1; i < layers.Count; i++)
        {
            Require.That(layers[i].Input == layers[i - 1].Output, $"Layer {i} takes shape {layers[i].Input}, but layer {i - 1} gives {layers[i - 1].Output}.");
        }
        _layers = [.. layers];
        _parameterCounts = [.. layers.Select(l => l.ParameterCount)];
        _widest = layers.Max(l => l.Input.Size);
        Parameters = [.. layers.SelectMany((layer, i) => layer.Parameters.Select(p => p with { Name = $"{i}.{p.Name}" }))];
    }

    public IReadOnlyList<Layer> Layers => _layers;

    public override IReadOnlyList<ParameterTensor> Parameters { get; }

    public override long ForwardFlops => _layers.Sum(l => l.ForwardFlops);

    /// <remarks>A layer below which nothing has parameters need not pass its gradient on.</remarks>
    public override long BackwardFlops(bool inputGradient) => _layers.Select((l, i) => l.BackwardFlops(inputGradient || WantsInputGradient(i))).Sum();

    public override long ScratchLength(int batch)
    {
        long length = 2L * batch * _widest;
        for (int i = 0; i < _layers.Length; i++)
        {
            length += _layers[i].ScratchLength(batch) + (i < _layers.Length - 1 ? (long)batch * _layers[i].Output.Size : 0);
        }
        return length;
    }

    public override void Initialize(Span<float> parameters, Philox random)
    {
        for (int i = 0, at = 0; i < _layers.Length; at += _parameterCounts[i++])
        {
            _layers[i].Initialize(parameters.Slice(at, _parameterCounts[i]), random);
        }
    }

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        ReadOnlySpan<float> x = input;
        for (int i = 0, at = 0, parameter = 0; i < _layers.Length; parameter += _parameterCounts[i++])
        {
            int ownLength = (int)_layers[i].ScratchLength(pass.Batch), next = at + Length(i, pass.Batch);
            Span<float> y = i == _layers.Length - 1 ? output : scratch[(at + ownLength)..next];
            _layers[i].Forward(pass, parameters.Slice(parameter, _parameterCounts[i]), x, y, scratch.Slice(at, ownLength));
            x = y;
            at = next;
        }
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        int end = 0, parametersEnd = ParameterCountOf(_layers.Length);
        for (int i = 0; i < _layers.Length; i++)
        {
            end += Length(i, pass.Batch);
        }
        Span<float> even = scratch.Slice(end, pass.Batch * _widest), odd = scratch.Slice(end + pass.Batch * _widest, pass.Batch * _widest);
        ReadOnlySpan<float> y = output, dy = outputGradient;
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            end -= Length(i, pass.Batch);
            parametersEnd -= _parameterCounts[i];
            int ownLength = (int)_layers[i].ScratchLength(pass.Batch);
            Span<float> own = scratch.Slice(end, ownLength);
            int inputLength = pass.Batch * _layers[i].Input.Size;
            ReadOnlySpan<float> x = i == 0 ? input : scratch.Slice(end - inputLength, inputLength);
            Span<float> dx = i == 0 ? inputGradient : inputGradient.IsEmpty && !WantsInputGradient(i) ? [] : (i % 2 == 0 ? even : odd)[..inputLength];
            _layers[i].Backward(pass, parameters.Slice(parametersEnd, _parameterCounts[i]), x, y, dy, dx, parameterGradient.Slice(parametersEnd, _parameterCounts[i]), own);
            if (dx.IsEmpty)
            {
                return; // nothing below has parameters
            }
            y = x;
            dy = dx;
        }
    }

    private bool WantsInputGradient(int layer) => ParameterCountOf(layer) > 0;

    private int ParameterCountOf(int layers)
    {
        int count = 0;
        for (int i = 0; i < layers; i++)
        {
            count += _parameterCounts[i];
        }
        return count;
    }

    private int Length(int layer, int batch) =>
        (int)_layers[layer].ScratchLength(batch) + (layer < _layers.Length - 1 ? batch * _layers[layer].Output.Size : 0);
}

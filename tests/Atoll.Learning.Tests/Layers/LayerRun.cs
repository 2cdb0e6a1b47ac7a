using Atoll.Learning.Layers;

namespace Atoll.Learning.Tests.Layers;

/// <summary>
/// Runs one layer as a workspace would, in buffers that hold NaN before and a mark behind: what is not written, and what is written too far, shows.
/// </summary>
internal sealed class LayerRun
{
    private const int Mark = 64;
    private const float Marked = 12345.678f;

    private readonly Layer _layer;
    private readonly float[] _scratch, _output, _inputGradient, _parameterGradient;

    public LayerRun(Layer layer, int batch)
    {
        (_layer, Pass) = (layer, new Pass(batch, Training: true, Seed: 9));
        _scratch = Buffer((int)layer.ScratchLength(batch));
        _output = Buffer(batch * layer.Output.Size);
        _inputGradient = Buffer(batch * layer.Input.Size);
        _parameterGradient = Buffer(layer.ParameterCount);
    }

    public Pass Pass { get; init; }

    /// <summary>Whether the layer is given the batch's buffers with the marks: buffers for a larger batch than this one.</summary>
    public bool Longer { get; init; }

    public ReadOnlySpan<float> Output => _output.AsSpan(..^Mark);

    public ReadOnlySpan<float> InputGradient => _inputGradient.AsSpan(..^Mark);

    public ReadOnlySpan<float> ParameterGradient => _parameterGradient.AsSpan(..^Mark);

    public LayerRun Forward(float[] parameters, float[] input)
    {
        _layer.Forward(Pass, parameters, input, Given(_output), Given(_scratch));
        CheckMarks();
        return this;
    }

    public LayerRun Backward(float[] parameters, float[] input, float[] outputGradient, bool inputGradient = true)
    {
        _layer.Backward(
            Pass, parameters, input, Given(_output), outputGradient, inputGradient ? Given(_inputGradient) : [], _parameterGradient.AsSpan(..^Mark), Given(_scratch));
        CheckMarks();
        return this;
    }

    private Span<float> Given(float[] buffer) => Longer ? buffer : buffer.AsSpan(..^Mark);

    private void CheckMarks()
    {
        foreach (var buffer in (float[][])[_scratch, _output, _inputGradient, _parameterGradient])
        {
            buffer.AsSpan(^Mark..).ContainsAnyExcept(Marked).ShouldBeFalse("something was written behind a buffer's end");
        }
    }

    private static float[] Buffer(int length)
    {
        var buffer = new float[length + Mark];
        buffer.AsSpan(..length).Fill(float.NaN);
        buffer.AsSpan(length..).Fill(Marked);
        return buffer;
    }
}

using Atoll.Learning.Kernels;
using Atoll.Learning.Randomness;

namespace Atoll.Learning.Layers;

/// <summary>
/// 2-D convolution (cross-correlation) of [height, width, channels] with zero padding:
/// <c>y[i, j, o] = b[o] + Σ x[i·stride + u − padding, j·stride + v − padding, c] · W[u, v, c, o]</c>, summed over u, v, c in this order.
/// </summary>
/// <remarks>
/// No patch matrix is built: with channels innermost, the values that a line of outputs needs from one line of inputs form a matrix whose
/// rows overlap, so each line of outputs is one product whose chain runs through the kernel's lines. Where a vector would hold few outputs,
/// <see cref="PlaneConvolution"/> does the same in another form.
/// </remarks>
public sealed unsafe class Conv2d : Layer
{
    private readonly int _kernel, _stride, _padding;
    private readonly Initialization _initialization;

    public Conv2d(Shape input, int channels, int kernel, int padding = 0, int stride = 1, Initialization initialization = Initialization.Lecun) : base(input, Outgoing(input, channels, kernel, padding, stride))
    {
        (_kernel, _stride, _padding, _initialization) = (kernel, stride, padding, initialization);
        Parameters = [new("weight", [kernel, kernel, input.Channels, channels]), new("bias", [channels])];
    }

    private int Patch => _kernel * _kernel * Input.Channels;

    private int Places => Output.Height * Output.Width;

    private int PaddedHeight => Input.Height + 2 * _padding;

    private int PaddedWidth => Input.Width + 2 * _padding;

    // The output's gradient with stride − 1 zeros between its places and zeros around, so that a kernel sliding over it meets every place of the input once.
    private int SpreadHeight => Input.Height + _kernel - 1;

    private int SpreadWidth => Input.Width + _kernel - 1;

    private int SpreadBorder => _kernel - 1 - _padding;

    public override IReadOnlyList<ParameterTensor> Parameters { get; }

    public override long ForwardFlops => 2L * Places * Output.Channels * Patch;

    public override long BackwardFlops(bool inputGradient) => (long)Places * Output.Channels * ((inputGradient ? 4L : 2L) * Patch + 1);

    public override long ScratchLength(int batch) =>
        (long)PaddedHeight * PaddedWidth * Input.Channels      // one sample with its border
        + (long)SpreadHeight * SpreadWidth * Output.Channels   // one sample's output gradient, spread
        + (long)Patch * Output.Channels;                       // the kernel, turned round

    public override void Initialize(Span<float> parameters, Philox random) => _initialization.Fill(
        parameters[..(Patch * Output.Channels)], parameters[(Patch * Output.Channels)..], Patch, _kernel * _kernel * Output.Channels, random);

    public override void Forward(in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        var bias = parameters.Slice(Patch * Output.Channels, Output.Channels);
        if (PlaneConvolution.Suits(Output.Channels, _stride))
        {
            PlaneConvolution planes = new(Output.Height, Output.Width, Input.Channels, _kernel, Output.Channels);
            planes.Begin();
            for (int sample = 0; sample < pass.Batch; sample++)
            {
                planes.Run(input.Slice(sample * Input.Size, Input.Size), Input.Height, Input.Width, _padding, parameters, bias, output.Slice(sample * Output.Size, Output.Size));
            }
            return;
        }
        for (int at = 0; at < pass.Batch * Output.Size; at += Output.Channels)
        {
            bias.CopyTo(output[at..]);
        }
        var border = scratch[..(PaddedHeight * PaddedWidth * Input.Channels)];
        border.Clear();
        for (int sample = 0; sample < pass.Batch; sample++)
        {
            Slide(Bordered(input.Slice(sample * Input.Size, Input.Size), border), PaddedWidth, Input.Channels, _stride, parameters,
                output.Slice(sample * Output.Size, Output.Size), Output.Height, Output.Width, Output.Channels);
        }
    }

    public override void Backward(
        in Pass pass, ReadOnlySpan<float> parameters, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> parameterGradient, Span<float> scratch)
    {
        int bordered = PaddedHeight * PaddedWidth * Input.Channels;
        var border = scratch[..bordered];
        border.Clear();
        var weightGradient = parameterGradient[..(Patch * Output.Channels)];
        weightGradient.Clear();
        for (int sample = 0; sample < pass.Batch; sample++)
        {
            AddWeightGradient(Bordered(input.Slice(sample * Input.Size, Input.Size), border), outputGradient.Slice(sample * Output.Size, Output.Size), weightGradient);
        }
        Elementwise.ColumnSums(outputGradient[..(pass.Batch * Output.Size)], parameterGradient.Slice(Patch * Output.Channels, Output.Channels));
        if (!inputGradient.IsEmpty)
        {
            InputGradient(pass.Batch, parameters, outputGradient, inputGradient, scratch[bordered..]);
        }
    }

    /// <summary>Adds the valid convolution of one sample to <paramref name="output"/>.</summary>
    private void Slide(
        ReadOnlySpan<float> x, int lineWidth, int channels, int stride, ReadOnlySpan<float> kernel, Span<float> output, int height, int width, int outputs)
    {
        fixed (float* px = x, pk = kernel, py = output)
        {
            Tile tile = new()
            {
                ARow = stride * channels, AK = 1, ASegment = (nint)lineWidth * channels,
                B = pk, BK = outputs, BSegment = (nint)_kernel * channels * outputs,
                CRow = outputs, Segments = _kernel, K = _kernel * channels, Accumulate = true,
            };
            for (int line = 0; line < height; line++)
            {
                tile.A = px + (nint)line * stride * lineWidth * channels;
                tile.C = py + (nint)line * width * outputs;
                MatrixProduct.Panels(tile, width, outputs);
            }
        }
    }

    /// <summary>∂W[u, v, c, o] += Σ over places of x[…]·∂y[…, o]: for each line u of the kernel one product, its chain through all lines of the image.</summary>
    private void AddWeightGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> outputGradient, Span<float> weightGradient)
    {
        fixed (float* px = x, pdy = outputGradient, pdw = weightGradient)
        {
            Tile tile = new()
            {
                ARow = 1, AK = (nint)_stride * Input.Channels, ASegment = (nint)_stride * PaddedWidth * Input.Channels,
                B = pdy, BK = Output.Channels, BSegment = (nint)Output.Width * Output.Channels,
                CRow = Output.Channels, Segments = Output.Height, K = Output.Width, Accumulate = true,
            };
            int lineLength = _kernel * Input.Channels;
            for (int u = 0; u < _kernel; u++)
            {
                tile.A = px + (nint)u * PaddedWidth * Input.Channels;
                tile.C = pdw + (nint)u * lineLength * Output.Channels;
                MatrixProduct.Panels(tile, lineLength, Output.Channels);
            }
        }
    }

    /// <summary>∂x: the output's gradient, spread and bordered, convolved with the kernel turned by 180° and its channels exchanged.</summary>
    private void InputGradient(int batch, ReadOnlySpan<float> parameters, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, Span<float> scratch)
    {
        int spreadLength = SpreadHeight * SpreadWidth * Output.Channels;
        Span<float> spread = scratch[..spreadLength], turned = scratch.Slice(spreadLength, Patch * Output.Channels);
        Turn(parameters, turned);
        if (PlaneConvolution.Suits(Input.Channels, _stride))
        {
            PlaneConvolution planes = new(Input.Height, Input.Width, Output.Channels, _kernel, Input.Channels);
            planes.Begin();
            for (int sample = 0; sample < batch; sample++)
            {
                planes.Run(outputGradient.Slice(sample * Output.Size, Output.Size), Output.Height, Output.Width, SpreadBorder, turned, start: [],
                    inputGradient.Slice(sample * Input.Size, Input.Size));
            }
            return;
        }
        spread.Clear();
        inputGradient[..(batch * Input.Size)].Clear();
        for (int sample = 0; sample < batch; sample++)
        {
            for (int i = 0; i < Output.Height; i++)
            {
                for (int j = 0; j < Output.Width; j++)
                {
                    int from = (i * Output.Width + j) * Output.Channels;
                    int to = ((SpreadBorder + i * _stride) * SpreadWidth + SpreadBorder + j * _stride) * Output.Channels;
                    outputGradient.Slice(sample * Output.Size + from, Output.Channels).CopyTo(spread[to..]);
                }
            }
            Slide(spread, SpreadWidth, Output.Channels, stride: 1, turned, inputGradient.Slice(sample * Input.Size, Input.Size), Input.Height, Input.Width, Input.Channels);
        }
    }

    private void Turn(ReadOnlySpan<float> kernel, Span<float> turned)
    {
        int inputs = Input.Channels, outputs = Output.Channels, last = _kernel * _kernel - 1;
        for (int place = 0; place <= last; place++)
        {
            for (int c = 0; c < inputs; c++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    turned[((last - place) * outputs + o) * inputs + c] = kernel[(place * inputs + c) * outputs + o];
                }
            }
        }
    }

    /// <summary>The sample with its border of zeros; the sample itself when there is none.</summary>
    private ReadOnlySpan<float> Bordered(ReadOnlySpan<float> sample, Span<float> border)
    {
        if (_padding == 0)
        {
            return sample;
        }
        int line = Input.Width * Input.Channels;
        for (int i = 0; i < Input.Height; i++)
        {
            sample.Slice(i * line, line).CopyTo(border[(((i + _padding) * PaddedWidth + _padding) * Input.Channels)..]);
        }
        return border;
    }

    private static Shape Outgoing(Shape input, int channels, int kernel, int padding, int stride)
    {
        Require.AtLeast(1, kernel, nameof(kernel));
        Require.AtLeast(1, stride, nameof(stride));
        Require.Within(0, kernel - 1, padding, nameof(padding));
        int height = input.Height + 2 * padding, width = input.Width + 2 * padding;
        Require.That(height >= kernel && width >= kernel, $"A {kernel}×{kernel} convolution needs at least {kernel}×{kernel} places, but {input} with padding {padding} has {height}×{width}.");
        return new Shape((height - kernel) / stride + 1, (width - kernel) / stride + 1, channels);
    }
}

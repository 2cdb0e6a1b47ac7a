namespace Atoll.Learning.Kernels;

/// <summary>
/// A convolution with so few outputs that a vector of them would be mostly empty: vectors run over places instead, so both image and result are
/// turned to one plane a channel. Each output is the same chain over the kernel's lines, places and channels as in the other form.
/// </summary>
/// <remarks>
/// Places are counted along the bordered lines, so that a shift by (u, v) is one offset for all of them; the few that lie in a border are computed and dropped.
/// </remarks>
/// <param name="height">Of the result.</param>
/// <param name="width">Of the result.</param>
internal unsafe readonly ref struct PlaneConvolution(int height, int width, int channels, int kernel, int outputs)
{
    private int LineLength => width + kernel - 1;

    private int PlaneLength => (height + kernel - 1) * LineLength;

    private int Sums => (height - 1) * LineLength + width;

    /// <summary>Whether this form is the faster one.</summary>
    public static bool Suits(int outputs, int stride) => stride == 1 && outputs <= MatrixProduct.VectorWidth / 2;

    /// <summary>Clears the planes' borders, once for any number of images of the same size.</summary>
    public void Begin() => new Span<float>(Scratch.A((long)channels * PlaneLength), channels * PlaneLength).Clear();

    /// <summary>Convolves one image that lies with its first place <paramref name="border"/> lines and places inside the planes.</summary>
    /// <param name="weights">[kernel, kernel, channels, outputs].</param>
    /// <param name="start">What each output's chain starts from; 0 when empty.</param>
    /// <param name="result">[height, width, outputs].</param>
    public void Run(ReadOnlySpan<float> image, int imageHeight, int imageWidth, int border, ReadOnlySpan<float> weights, ReadOnlySpan<float> start, Span<float> result)
    {
        float* planes = Scratch.A((long)channels * PlaneLength), sums = Scratch.C((long)outputs * Sums);
        fixed (float* x = image, w = weights, y = result)
        {
            for (int line = 0; line < imageHeight; line++)
            {
                Transposition.Copy(x + (nint)line * imageWidth * channels, channels, planes + (border + line) * LineLength + border, PlaneLength, imageWidth, channels);
            }
            for (int output = 0; output < outputs; output++)
            {
                new Span<float>(sums + (nint)output * Sums, Sums).Fill(start.IsEmpty ? 0 : start[output]);
            }
            Tile tile = new() { ARow = 1, CRow = Sums, C = sums, Accumulate = true };
            if (channels == 1)
            {
                MatrixProduct.Panels(tile with
                {
                    A = w, ASegment = (nint)kernel * outputs, AK = outputs,
                    B = planes, BSegment = LineLength, BK = 1,
                    Segments = kernel, K = kernel,
                }, outputs, Sums);
            }
            for (int u = 0; u < kernel && channels > 1; u++)
            {
                MatrixProduct.Panels(tile with
                {
                    A = w + (nint)u * kernel * channels * outputs, ASegment = (nint)channels * outputs, AK = outputs,
                    B = planes + (nint)u * LineLength, BSegment = 1, BK = PlaneLength,
                    Segments = kernel, K = channels,
                }, outputs, Sums);
            }
            for (int line = 0; line < height; line++)
            {
                Transposition.Copy(sums + (nint)line * LineLength, Sums, y + (nint)line * width * outputs, outputs, outputs, width);
            }
        }
    }
}

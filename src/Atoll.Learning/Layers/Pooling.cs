namespace Atoll.Learning.Layers;

/// <summary>What max and average pooling share: windows of <c>size × size</c> places that do not overlap; what is left at the edge is dropped.</summary>
public abstract class Pooling(Shape input, int size) : Layer(input, Outgoing(input, size))
{
    private readonly int[] _offsets = [.. Enumerable.Range(0, size * size).Select(place => (place / size * input.Width + place % size) * input.Channels)];

    protected int WindowSize { get; } = size;

    public override long ForwardFlops => (long)Output.Size * WindowSize * WindowSize;

    public override long BackwardFlops(bool inputGradient) => inputGradient ? ForwardFlops : 0;

    /// <summary>Where in a sample each of the window's places lies, from its first, in reading order.</summary>
    protected ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>Where in a sample the window of an output place starts.</summary>
    protected int Start(int place)
    {
        (int i, int j) = Math.DivRem(place, Output.Width);
        return (i * Input.Width + j) * WindowSize * Input.Channels;
    }

    private static Shape Outgoing(Shape input, int size)
    {
        Require.AtLeast(1, size, nameof(size));
        Require.That(input.Height >= size && input.Width >= size, $"Pooling by {size} needs at least {size}×{size} places, but {input} has {input.Height}×{input.Width}.");
        return new Shape(input.Height / size, input.Width / size, input.Channels);
    }
}

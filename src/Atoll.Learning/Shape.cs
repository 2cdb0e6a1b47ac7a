namespace Atoll.Learning;

/// <summary>
/// The shape of one sample, without the batch: <c>[features]</c>, <c>[height, width, channels]</c> or <c>[tokens, channels]</c>.
/// Samples lie one after the other in memory; the last dimension is contiguous.
/// </summary>
public readonly record struct Shape
{
    private readonly int _height, _width;

    public Shape(int features) : this(1, 1, features) { }

    public Shape(int tokens, int channels) : this(1, tokens, channels) { }

    public Shape(int height, int width, int channels)
    {
        (_height, _width) = (Require.AtLeast(1, height), Require.AtLeast(1, width));
        Channels = Require.AtLeast(1, channels);
        Require.That((long)height * width <= int.MaxValue / channels, $"A sample has at most {int.MaxValue} numbers, but {this} has more.");
    }

    public int Height => _height;

    public int Width => _width;

    public int Channels { get; }

    /// <summary>Numbers in one sample.</summary>
    public int Size => Height * Width * Channels;

    public bool IsImage => Height > 1;

    public override string ToString() => (Height, Width) switch
    {
        (1, 1) => $"[{Channels}]",
        (1, _) => $"[{Width}, {Channels}]",
        _ => $"[{Height}, {Width}, {Channels}]",
    };
}

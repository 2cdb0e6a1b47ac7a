namespace Atoll.Learning.Models;

/// <summary>One convolution of a <see cref="Cnn"/>.</summary>
public sealed record Convolution
{
    /// <summary>How many channels it gives.</summary>
    public required int Channels { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Height and width of the window.</summary>
    public int Kernel { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>Zeros around the image; less than <see cref="Kernel"/>.</summary>
    public int Padding { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Height and width of the max pooling after it; 1 for none.</summary>
    public int Pool { get; init => field = Require.AtLeast(1, value); } = 2;
}

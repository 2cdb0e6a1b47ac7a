using System.Globalization;

namespace Atoll.Learning.Tensors;

/// <summary>One tensor as the header tells of it: its numbers are the data's bytes from <paramref name="Begin"/> up to <paramref name="End"/>.</summary>
internal sealed record HeaderEntry(string Name, IReadOnlyList<int> Dimensions, long Begin, long End)
{
    /// <summary>How many numbers the shape asks for.</summary>
    /// <exception cref="TensorFileException">More than an array can hold.</exception>
    public long Length
    {
        get
        {
            if (Dimensions.Contains(0))
            {
                return 0;
            }
            long length = 1;
            foreach (int d in Dimensions)
            {
                length *= d; // both at most 2³¹: no overflow
                if (length > Array.MaxLength)
                {
                    throw new TensorFileException(string.Create(CultureInfo.InvariantCulture,
                        $"Tensor '{Name}' may have at most {Array.MaxLength} numbers, but its shape is [{string.Join(", ", Dimensions)}]."));
                }
            }
            return length;
        }
    }
}

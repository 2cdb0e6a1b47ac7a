namespace Atoll.Federation.Aggregation;

/// <summary>
/// The weighted mean of numbers, <c>Σₖ nₖ xₖ / Σₖ nₖ</c>, summed exactly as <see cref="ExactAverage"/> sums vectors, in 128 bits:
/// <c>Σₖ nₖ · round(xₖ · 2³²)</c>. The order of the numbers does not matter.
/// </summary>
public sealed class ExactScalar
{
    private const double One = 4294967296.0; // 2³²

    private Int128 _sum;

    public long TotalWeight { get; private set; }

    /// <summary>Adds a number of absolute value below 2³¹.</summary>
    public void Add(double x, long weight)
    {
        Require.That(Math.Abs(x) < 2147483648.0, $"A number to average must be finite and below 2^31 = 2147483648 (was {x}).");
        _sum += (Int128)Kernels.FixedPoint.Round(x * One) * Require.AtLeast(1, weight, nameof(weight));
        TotalWeight = checked(TotalWeight + weight);
    }

    public void Merge(ExactScalar other)
    {
        _sum += other._sum;
        TotalWeight = checked(TotalWeight + other.TotalWeight);
    }

    public double Mean()
    {
        Require.That(TotalWeight > 0, $"A mean needs at least 1 number, but got 0.");
        // Whole and fraction apart: the quotient of two integers, rounded the same on every machine.
        (Int128 whole, Int128 rest) = Int128.DivRem(_sum, TotalWeight);
        return ((double)(long)whole + (double)(long)rest / TotalWeight) / One;
    }

    public void Reset() => (_sum, TotalWeight) = (0, 0);
}

namespace Atoll.Federation.Buffering;

/// <summary>Staleness counts by a power: <c>s(τ) = (1 + τ)⁻ᵃ</c>. At <c>a = 0</c> every update counts in full.</summary>
/// <remarks>Nguyen et al., 2022, section 5.1, with <c>a = ½</c> (<see href="https://arxiv.org/abs/2106.06639"/>); from Xie et al., 2019 (<see href="https://arxiv.org/abs/1903.03934"/>).</remarks>
public sealed record PolynomialStaleness : IStaleness
{
    private const int FractionBits = 52; // all that a double below 1 and not tiny has

    /// <summary>a, from 0 to 4: beyond, updates would be less than nothing.</summary>
    public double Exponent { get; init => field = Require.Within(0.0, 4.0, value); } = 0.5;

    /// <remarks>
    /// <c>xᵃ</c> from whole powers and repeated square roots, one for each binary digit of <c>a</c>: IEEE 754 rounds both the same everywhere, which no
    /// library's power function promises.
    /// </remarks>
    public float Divisor(int staleness)
    {
        double x = 1.0 + Require.AtLeast(0, staleness, nameof(staleness)), power = 1, root = x;
        int whole = (int)Exponent;
        for (int i = 0; i < whole; i++)
        {
            power *= x;
        }
        double digits = Exponent - whole;
        for (int bit = 0; bit < FractionBits && digits > 0; bit++)
        {
            root = Math.Sqrt(root);
            digits *= 2;
            if (digits >= 1)
            {
                power *= root;
                digits--;
            }
        }
        return (float)power;
    }
}

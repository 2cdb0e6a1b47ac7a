namespace Atoll.Planning.Timing;

/// <summary>
/// Bits of a client in a round whose server sees the sum only: two public keys for each client, two encrypted shares to each other one and from it, one share of each
/// given to the server at the end, and the vector in numbers wide enough for the sum: ⌈log₂(n(2^b − 1) + 1)⌉ bits each.
/// </summary>
/// <remarks>
/// Bonawitz et al. 2017, "Practical Secure Aggregation", honest-but-curious (<see href="https://doi.org/10.1145/3133956.3133982"/>): both ways together
/// 2n·a_K + (5n − 4)·a_S + m⌈log₂ R⌉ with keys and shares of 256 bits. Published expansion with b = 16: 1.73 for n = 2¹⁰ and m = 2²⁰, 1.98 for 2¹⁴ and 2²⁴.
/// </remarks>
internal static class SecureAggregation
{
    private const double KeyBits = 256, ShareBits = 256;

    /// <summary>Bits that a client sends.</summary>
    public static double Up(double clients, double parameters, double bits) =>
        parameters * WidthOfSum(clients, bits) + 2 * KeyBits + 2 * (clients - 1) * ShareBits + clients * ShareBits;

    /// <summary>Bits that a client receives, without the model: the others' keys and shares.</summary>
    public static double Down(double clients) => 2 * (clients - 1) * (KeyBits + ShareBits);

    /// <summary>Bits of a number in the sum of <paramref name="clients"/> numbers of <paramref name="bits"/> bits.</summary>
    public static double WidthOfSum(double clients, double bits) => Math.Ceiling(Math.Log2(clients * (Math.Pow(2, bits) - 1) + 1));
}

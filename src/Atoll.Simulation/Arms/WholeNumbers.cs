namespace Atoll.Simulation.Arms;

/// <summary>Whole numbers among a checkpoint's vectors: 22 bits to a float, which holds up to 24 exactly.</summary>
internal static class WholeNumbers
{
    private const int Bits = 22, Parts = 3;
    private const long Mask = (1L << Bits) - 1;

    /// <param name="numbers">From 0.</param>
    public static float[] Pack(params IEnumerable<long> numbers) =>
        [.. numbers.SelectMany(n => Enumerable.Range(0, Parts).Select(part => (float)((Require.AtLeast(0, n, nameof(numbers)) >> (part * Bits)) & Mask)))];

    public static long[] Unpack(float[] packed) =>
        [.. packed.Chunk(Parts).Select(parts => parts.Select((p, part) => (long)p << (part * Bits)).Sum())];
}

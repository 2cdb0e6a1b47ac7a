namespace Atoll.Learning.Tests.Fixtures;

internal static class Close
{
    /// <summary>
    /// Every number within <paramref name="tolerance"/> times the largest expected one. A chain of k multiply-adds in 32-bit floats errs by about
    /// √k·2⁻²⁴ of its largest partial sum: 3·10⁻⁶ at k = 3,136.
    /// </summary>
    public static void ShouldBeCloseTo(this ReadOnlySpan<float> actual, ReadOnlySpan<double> expected, double tolerance, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        double size = 0;
        foreach (double e in expected)
        {
            size = Math.Max(size, Math.Abs(e));
        }
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(actual[i] - expected[i]) <= tolerance * size))
            {
                throw new ShouldAssertException($"{what}: number {i} should be {expected[i]} within {tolerance * size:g3}, but was {actual[i]}.");
            }
        }
    }
}

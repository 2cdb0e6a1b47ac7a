using System.Runtime.InteropServices;

namespace Atoll.Learning.Tests.Kernels;

internal static class Bits
{
    /// <summary>Equal to the last bit, so that −0 is not 0 and NaN is itself.</summary>
    public static void ShouldHaveTheBitsOf(this ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        if (!MemoryMarshal.AsBytes(actual).SequenceEqual(MemoryMarshal.AsBytes(expected)))
        {
            actual.Length.ShouldBe(expected.Length, what);
            int at = 0;
            while (BitConverter.SingleToInt32Bits(actual[at]) == BitConverter.SingleToInt32Bits(expected[at]))
            {
                at++;
            }
            throw new ShouldAssertException($"{what}: number {at} should be {expected[at]:g9}, but was {actual[at]:g9}.");
        }
    }
}

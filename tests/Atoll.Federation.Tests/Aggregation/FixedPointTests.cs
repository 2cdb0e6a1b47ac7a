using System.Runtime.Intrinsics.X86;
using Atoll.Federation.Kernels;

namespace Atoll.Federation.Tests.Aggregation;

public sealed class FixedPointTests
{
    private static readonly float[] Odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue, float.Epsilon, -0f, 2147483648f, -2147483648f, 0.5f, 1e-38f];

    [SkippableTheory]
    [InlineData(1.0)]
    [InlineData(4294967296.0)]
    [InlineData(-600 * 4294967296.0)]
    [InlineData(300000001 * 33554432.0)] // products of about 2^52, where one addition no longer rounds
    [InlineData(536870911 * 4294967296.0)]
    public void Every_vector_width_adds_the_same_bits(double scale)
    {
        Skip.IfNot(Avx512DQ.IsSupported, "A processor with AVX-512 is needed to hold its path against the others.");
        foreach (float[] v in Enumerable.Range(0, 70).Append(2051).Append(5000).SelectMany(n => new[] { Values(n), Tame(n) }))
        {
            int length = v.Length;
            long[] start = [.. Enumerable.Range(0, length).Select(i => (long)i << 40)], scalar = [.. start], by256 = [.. start], by512 = [.. start];
            float next = 0;

            uint greatest = FixedPoint.AddScalar(v, scale, scalar);
            FixedPoint256.Add(v, in next, scale, by256).ShouldBe(greatest);
            FixedPoint512.Add(v, in next, scale, by512).ShouldBe(greatest);

            by256.ShouldBe(scalar);
            by512.ShouldBe(scalar);
        }
    }

    [SkippableFact]
    public void Four_at_once_add_the_same_bits_as_four_times_one()
    {
        Skip.IfNot(Avx512DQ.IsSupported, "A processor with AVX-512 is needed to hold its path against the others.");
        for (int length = 1; length < 70; length++)
        {
            float[][] v = [.. Enumerable.Range(0, 4).Select(k => Values(length + k)[k..])];
            double[] scales = [1e10, -3e9, 4294967296.0, 7e12];
            long[] together = new long[length], apart = new long[length];
            uint[] greatest = new uint[4];
            Four four = new(in v[0][0], in v[1][0], in v[2][0], in v[3][0]);

            FixedPoint512.Add4(four, four, scales, together, greatest);
            for (int k = 0; k < 4; k++)
            {
                FixedPoint.AddScalar(v[k], scales[k], apart).ShouldBe(greatest[k]);
            }
            together.ShouldBe(apart);
        }
    }

    [Fact]
    [Trait("Bits", "same")]
    public void The_negated_scale_takes_back_whatever_was_added()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] v = Values(length);
            long[] sums = [.. Enumerable.Range(0, length).Select(i => (long)i * 1234567)], before = [.. sums];
            float next = 0;
            FixedPoint.Add(v, in next, 17 * 4294967296.0, sums);
            FixedPoint.Add(v, in next, -17 * 4294967296.0, sums);

            sums.ShouldBe(before);
        }
    }

    [Fact]
    [Trait("Bits", "same")]
    public void Every_vector_width_divides_to_the_same_bits()
    {
        Random random = new(6);
        long[] sums = [long.MaxValue, -long.MaxValue, 0, 1, -1, (1L << 53) + 1, (1L << 53) + 3, .. Enumerable.Range(0, 60).Select(_ => random.NextInt64() >> random.Next(64))];
        float[] mean = new float[sums.Length];
        FixedPoint.Mean(sums, 4294967296.0 * 777, 1.7, mean);

        for (int i = 0; i < sums.Length; i++)
        {
            BitConverter.SingleToInt32Bits(mean[i]).ShouldBe(BitConverter.SingleToInt32Bits((float)(sums[i] / (4294967296.0 * 777) * 1.7)));
        }
    }

    /// <summary>Small numbers, among them halves of the resolution.</summary>
    private static float[] Tame(int length)
    {
        Random random = new(length);
        return [.. Enumerable.Range(0, length).Select(i => i % 3 == 0 ? (random.Next(100) + 0.5f) / 4294967296f : random.NextSingle() - 0.5f)];
    }

    private static float[] Values(int length)
    {
        Random random = new(length);
        return [.. Enumerable.Range(0, length).Select(i => i % 5 == 4 ? Odd[random.Next(Odd.Length)] : (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-60, 30))))];
    }
}

using System.Runtime.Intrinsics;
using Atoll.Learning.Kernels;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Kernels;

public sealed class ElementwiseTests
{
    [Fact]
    public void A_number_meets_the_same_operations_wherever_it_stands()
    {
        for (int length = 0; length <= 41; length++)
        {
            float[] x = Draw.Numbers(length, 41, 20), y = new float[length];
            Elementwise.Map<Tanh>(x, y);
            ((ReadOnlySpan<float>)y).ShouldHaveTheBitsOf([.. x.Select(v => VectorMath.Tanh(Vector256.Create(v))[0])], $"length {length}");
        }
    }

    [Fact]
    public void Multiply_add_is_fused_at_every_place()
    {
        for (int length = 0; length <= 41; length++)
        {
            float[] x = Draw.Numbers(length, 42), y = Draw.Numbers(length, 43), expected = [.. x.Zip(y, (a, b) => MathF.FusedMultiplyAdd(1.1f, a, b))];
            Elementwise.MultiplyAdd(1.1f, x, y);
            ((ReadOnlySpan<float>)y).ShouldHaveTheBitsOf(expected, $"length {length}");
        }
    }

    [Fact]
    public void Scaling_and_adding_is_fused_at_every_place()
    {
        for (int length = 0; length <= 41; length++)
        {
            float[] x = Draw.Numbers(length, 42), y = Draw.Numbers(length, 43), expected = [.. x.Zip(y, (a, b) => MathF.FusedMultiplyAdd(0.9f, b, a))];
            Elementwise.ScaleAdd(0.9f, x, y);
            ((ReadOnlySpan<float>)y).ShouldHaveTheBitsOf(expected, $"length {length}");
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(7, 1)]
    [InlineData(13, 21)]
    [InlineData(5, 8)]
    public void Column_sums_are_one_chain_a_column_from_the_first_row_down(int rows, int columns)
    {
        float[] x = Draw.Numbers(rows * columns, 44), sums = new float[columns], expected = new float[columns];
        for (int i = 0; i < x.Length; i++)
        {
            expected[i % columns] += x[i];
        }
        Elementwise.ColumnSums(x, sums);
        ((ReadOnlySpan<float>)sums).ShouldHaveTheBitsOf(expected, "sums");
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused()
    {
        Should.Throw<InvalidOperationException>(() => Elementwise.Map<Tanh>(new float[9], new float[8]));
        Should.Throw<InvalidOperationException>(() => Elementwise.MultiplyAdd(1, new float[8], new float[9]));
        Should.Throw<InvalidOperationException>(() => Elementwise.ColumnSums(new float[9], new float[2]));
    }

    private readonly struct Tanh : IFunction
    {
        public static Vector256<float> Of(Vector256<float> x) => VectorMath.Tanh(x);
    }
}

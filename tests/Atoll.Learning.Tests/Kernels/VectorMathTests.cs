using System.Runtime.Intrinsics;
using Atoll.Learning.Kernels;

namespace Atoll.Learning.Tests.Kernels;

/// <summary>Errors against <see cref="Math"/> in double precision, in units in the last place of the 32-bit result. The bounds are those that NUMERICS.md states.</summary>
public sealed class VectorMathTests
{
    private const int Stride = 1_009; // a prime: about four million of all floats

    [Fact]
    public void Exp_errs_by_less_than_its_bound() => Worst(VectorMath.Exp, Math.Exp, -87.3365f, 88.7228f).ShouldBeLessThan(1.1);

    [Fact]
    public void Log_errs_by_less_than_its_bound() => Worst(VectorMath.Log, Math.Log, 1.17549435e-38f, float.MaxValue).ShouldBeLessThan(0.9);

    [Fact]
    public void Log_of_1_plus_x_errs_by_less_than_its_bound() => Worst(VectorMath.Log1p, Log1p, float.BitIncrement(-1), float.MaxValue).ShouldBeLessThan(1.6);

    [Fact]
    public void Tanh_errs_by_less_than_its_bound() => Worst(VectorMath.Tanh, Math.Tanh, -20, 20).ShouldBeLessThan(1.4);

    [Fact]
    public void The_logistic_function_errs_by_less_than_its_bound() => Worst(VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), -87, 40).ShouldBeLessThan(2.3);

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(88.8f, float.PositiveInfinity)]
    [InlineData(3e38f, float.PositiveInfinity)]
    [InlineData(-87.5f, 0f)] // would be subnormal
    [InlineData(-3e38f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_of_the_special_values(float x, float expected) => VectorMath.Exp(x).ShouldBe(expected);

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(0f, float.NegativeInfinity)]
    [InlineData(1e-40f, float.NegativeInfinity)] // subnormal
    [InlineData(-1f, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Log_of_the_special_values(float x, float expected) => VectorMath.Log(x).ShouldBe(expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-30f, 1e-30f)]
    [InlineData(1e-45f, 1e-45f)] // subnormal
    [InlineData(-1e-10f, -1e-10f)]
    [InlineData(-1f, float.NegativeInfinity)]
    [InlineData(-1.5f, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Log_of_1_plus_the_special_values(float x, float expected) => VectorMath.Log1p(x).ShouldBe(expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(100f, 1f)]
    [InlineData(-100f, -1f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(1e-30f, 1e-30f)]
    public void Tanh_of_the_special_values(float x, float expected) => VectorMath.Tanh(Vector256.Create(x))[0].ShouldBe(expected);

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(-200f, 0f)]
    [InlineData(200f, 1f)]
    [InlineData(float.NaN, float.NaN)]
    public void The_logistic_function_of_the_special_values(float x, float expected) => VectorMath.Sigmoid(Vector256.Create(x))[0].ShouldBe(expected);

    [Fact]
    public void Minus_zero_is_a_zero()
    {
        VectorMath.Exp(-0f).ShouldBe(1);
        VectorMath.Log(-0f).ShouldBe(float.NegativeInfinity);
        VectorMath.Tanh(Vector256.Create(-0f))[0].ShouldBe(0);
    }

    /// <summary>log(1 + x) = 2 artanh(x/(2 + x)) where 1 + x would lose digits of x.</summary>
    private static double Log1p(double x) => Math.Abs(x) < 0.1 ? 2 * Math.Atanh(x / (2 + x)) : Math.Log(1 + x);

    private static double Worst(Func<Vector256<float>, Vector256<float>> function, Func<double, double> exact, float from, float to)
    {
        double worst = 0;
        for (long bits = 0; bits <= uint.MaxValue; bits += Stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (x >= from && x <= to)
            {
                double right = exact(x), error = Math.Abs(function(Vector256.Create(x))[0] - right) / Unit(right);
                worst = error > worst || double.IsNaN(error) ? error : worst;
            }
        }
        return worst;
    }

    /// <summary>The distance of neighbouring floats at a number.</summary>
    private static double Unit(double number) =>
        number == 0 ? float.Epsilon : Math.Max(float.Epsilon, Math.ScaleB(1, Math.ILogB(number) - 23));
}

using Atoll.Federation.Aggregation;

namespace Atoll.Federation.Tests.Aggregation;

public sealed class ExactScalarTests
{
    [Fact]
    public void The_mean_is_weighted()
    {
        ExactScalar mean = new();
        mean.Add(10, weight: 1);
        mean.Add(-2.5, weight: 3);

        mean.Mean().ShouldBe(0.625);
    }

    [Fact]
    public void Order_and_grouping_change_no_bit_and_large_sums_do_not_overflow()
    {
        Random random = new(8);
        (double X, long Weight)[] numbers = [.. Enumerable.Range(0, 500).Select(_ => (random.NextDouble() * 2e9, random.NextInt64(1, 1L << 29)))];
        ExactScalar forwards = new(), one = new(), other = new();
        foreach ((double x, long weight) in numbers)
        {
            forwards.Add(x, weight);
        }
        random.Shuffle(numbers);
        for (int i = 0; i < numbers.Length; i++)
        {
            (i % 3 == 0 ? one : other).Add(numbers[i].X, numbers[i].Weight);
        }
        other.Merge(one);

        other.Mean().ShouldBe(forwards.Mean());
        decimal expected = numbers.Sum(n => (decimal)n.X * n.Weight) / numbers.Sum(n => n.Weight);
        ((decimal)other.Mean()).ShouldBe(expected, 1e-5m);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(2147483648.0)]
    public void A_number_out_of_range_is_refused(double x) => Should.Throw<InvalidOperationException>(() => new ExactScalar().Add(x, 1));
}

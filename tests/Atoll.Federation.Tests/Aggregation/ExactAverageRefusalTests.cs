using Atoll.Federation.Aggregation;

namespace Atoll.Federation.Tests.Aggregation;

public sealed class ExactAverageRefusalTests
{
    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    [InlineData(float.NegativeInfinity, "infinite")]
    public void What_is_not_finite_is_refused_and_changes_nothing(float value, string what)
    {
        for (int at = 0; at < 40; at++)
        {
            ExactAverage average = WithOneUpdate(40);
            ExactAverageState before = average.Save();
            float[] update = ExactAverageTests.Vector(new Random(at), 40);
            update[at] = value;

            Should.Throw<UpdateRefusedException>(() => average.Add(update, 3)).Message.ShouldBe($"Every value of an update must be finite, but one is {what}.");
            average.Save().ShouldBeEquivalentTo(before);
        }
    }

    [Fact]
    public void A_batch_with_one_bad_update_names_it_and_changes_nothing()
    {
        ExactAverage average = WithOneUpdate(10_000);
        ExactAverageState before = average.Save();
        WeightedUpdate[] batch = [.. Enumerable.Range(0, 7).Select(k => new WeightedUpdate(ExactAverageTests.Vector(new Random(k), 10_000), 2 + k))];
        float[] bad = batch[5].Vector.ToArray();
        bad[9_999] = float.NaN;
        batch[5] = new WeightedUpdate(bad, 7);

        Should.Throw<UpdateRefusedException>(() => average.Add(batch)).Index.ShouldBe(5);
        average.Save().ShouldBeEquivalentTo(before);
    }

    [Fact]
    public void The_range_ends_just_below_two_to_the_31()
    {
        ExactAverage average = new(1);
        average.Add([2147483520f], weight: 1); // the greatest float below 2³¹
        ExactAverageState before = average.Save();

        Should.Throw<UpdateRefusedException>(() => average.Add([-128f], weight: 1)).Message.ShouldBe(
            "The sum of weight times greatest absolute value must stay below 2^31 = 2147483648 for averaging to be exact, but would be 2.14748365E+09 (128 from this update).");
        average.Save().ShouldBeEquivalentTo(before);

        average.Add([127f], weight: 1);
        average.Save().Sums.ShouldBe([(2147483520L + 127) << 32]);
    }

    [Theory]
    [InlineData(float.MaxValue)]
    [InlineData(-2147483648f)]
    public void An_update_out_of_range_by_itself_is_refused_and_changes_nothing(float value)
    {
        ExactAverage average = WithOneUpdate(40);
        ExactAverageState before = average.Save();
        float[] update = new float[40];
        update[17] = value;

        Should.Throw<UpdateRefusedException>(() => average.Add(update, ExactAverage.MaximumWeight));
        average.Save().ShouldBeEquivalentTo(before);
    }

    [Fact]
    public void Merging_out_of_range_is_refused_and_changes_nothing()
    {
        ExactAverage average = new(1), other = new(1);
        average.Add([2e9f], 1);
        other.Add([-2e9f], 1);
        ExactAverageState before = average.Save();

        Should.Throw<UpdateRefusedException>(() => average.Merge(other));
        average.Save().ShouldBeEquivalentTo(before);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1L << 29)]
    public void A_weight_whose_product_would_not_be_exact_is_refused(long weight) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ExactAverage(1).Add([1f], weight)).Message.ShouldStartWith($"weight must be from 1 to 536870911 (was {weight}).");

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_normalizer_must_be_positive_and_finite(float normalizer) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ExactAverage(1).Add([1f], 1, normalizer));

    [Fact]
    public void An_update_of_another_length_is_refused() =>
        Should.Throw<InvalidOperationException>(() => new ExactAverage(3).Add([1f, 2f], 1)).Message.ShouldBe("An update's length must be the average's dimension, 3 (was 2).");

    [Fact]
    public void A_mean_of_nothing_is_refused() =>
        Should.Throw<InvalidOperationException>(() => new ExactAverage(1).Mean(new float[1])).Message.ShouldBe("A mean needs at least 1 update, but got 0.");

    private static ExactAverage WithOneUpdate(int dimension)
    {
        ExactAverage average = new(dimension);
        average.Add(ExactAverageTests.Vector(new Random(99), dimension), 11);
        return average;
    }
}

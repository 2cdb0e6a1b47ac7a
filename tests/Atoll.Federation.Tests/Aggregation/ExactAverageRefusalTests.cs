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

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.MaxValue)]
    [InlineData(1000f)] // more than all updates together
    public void Taking_back_a_value_that_cannot_have_been_added_is_refused_and_changes_nothing(float value)
    {
        ExactAverage average = WithOneUpdate(40);
        average.Add(ExactAverageTests.Vector(new Random(1), 40), 3);
        ExactAverageState before = average.Save();
        float[] update = ExactAverageTests.Vector(new Random(1), 40);
        update[17] = value;

        Should.Throw<InvalidOperationException>(() => average.Subtract(update, 3)).Message.ShouldBe(
            "An update to take back must be one that was added with weight 3 and normalizer 1, but no such update can have been.");
        average.Save().ShouldBeEquivalentTo(before);
    }

    [Theory]
    [InlineData(12L, 1f)] // more than all
    [InlineData(10L, 1f)] // would leave a weight of no update
    [InlineData(11L, 2f)] // would leave values of no update
    public void Taking_back_the_only_update_with_another_weight_or_normalizer_is_refused_and_changes_nothing(long weight, float normalizer)
    {
        ExactAverage average = WithOneUpdate(40);
        ExactAverageState before = average.Save();

        Should.Throw<InvalidOperationException>(() => average.Subtract(ExactAverageTests.Vector(new Random(99), 40), weight, normalizer));
        average.Save().ShouldBeEquivalentTo(before);

        average.Subtract(ExactAverageTests.Vector(new Random(99), 40), 11);
        average.Save().ShouldBeEquivalentTo(new ExactAverage(40).Save());
    }

    /// <summary>Two updates of weight 3 together: without 3 of it, the other update would have no weight.</summary>
    [Fact]
    public void Taking_back_so_much_weight_that_too_little_is_left_is_refused()
    {
        ExactAverage average = new(1);
        average.Add([1f], 1);
        average.Add([1f], 2);

        Should.Throw<InvalidOperationException>(() => average.Subtract([1f], 3)).Message.ShouldBe(
            "An update to take back must have been added with its weight, but the weight is 3 of 3 from 2 updates.");
        Should.Throw<InvalidOperationException>(() => new ExactAverage(1).Subtract([1f], 1));
        average.TotalWeight.ShouldBe(3);
    }

    private static ExactAverage WithOneUpdate(int dimension)
    {
        ExactAverage average = new(dimension);
        average.Add(ExactAverageTests.Vector(new Random(99), dimension), 11);
        return average;
    }
}

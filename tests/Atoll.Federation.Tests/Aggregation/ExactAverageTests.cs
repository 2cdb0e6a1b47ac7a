using System.Numerics;
using Atoll.Federation.Aggregation;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Federation.Tests.Aggregation;

public sealed class ExactAverageTests
{
    [Fact]
    public void The_mean_is_weighted_by_rows()
    {
        ExactAverage average = new(2);
        average.Add([1f, -2f], weight: 1);
        average.Add([5f, 0.5f], weight: 3);

        Mean(average).ShouldBe([4f, -0.125f]); // (1·1 + 3·5)/4, (−2 + 1.5)/4
        average.TotalWeight.ShouldBe(4);
        average.Count.ShouldBe(2);
    }

    [Fact]
    [Trait("Bits", "same")]
    public void Sums_are_those_of_integers_of_any_size()
    {
        Random random = new(1);
        float[][] updates = [.. Enumerable.Range(0, 9).Select(_ => Vector(random, 1000))];
        ExactAverage average = new(1000);
        for (int k = 0; k < updates.Length; k++)
        {
            average.Add(updates[k], Weight(k));
        }

        BigInteger[] expected = [.. Enumerable.Range(0, 1000).Select(i => updates.Select((v, k) => BigFixed.Quantize(v[i], Weight(k))).Aggregate(BigInteger.Add))];
        average.Save().Sums.Select(s => (BigInteger)s).ShouldBe(expected);

        static long Weight(int k) => 1 + 997L * k * k;
    }

    [Theory]
    [InlineData(0.5, 0L)]
    [InlineData(1.5, 2L)]
    [InlineData(2.5, 2L)]
    [InlineData(-0.5, 0L)]
    [InlineData(-3.5, -4L)]
    public void Halves_of_the_resolution_go_to_the_even_neighbour(double units, long expected)
    {
        ExactAverage average = new(1);
        average.Add([(float)(units / 4294967296.0)], weight: 1);

        average.Save().Sums.ShouldBe([expected]);
    }

    [Fact]
    public void Neither_order_nor_grouping_changes_a_bit()
    {
        var updates = Gen.Choose(1, 12).SelectMany(n => Gen.Choose(0, int.MaxValue).Select(seed => (n, seed)));
        Prop.ForAll(updates.ToArbitrary(), drawn =>
        {
            Random random = new(drawn.seed);
            WeightedUpdate[] all = [.. Enumerable.Range(0, drawn.n).Select(_ => new WeightedUpdate(Vector(random, 37), random.Next(1, 100_000), random.Next(1, 4)))];
            ExactAverage together = new(37);
            together.Add(all);

            random.Shuffle(all);
            ExactAverage[] groups = [new(37), new(37), new(37)];
            foreach (WeightedUpdate update in all)
            {
                groups[random.Next(3)].Add(update.Vector.Span, update.Weight, update.Normalizer);
            }
            random.Shuffle(groups);
            groups[0].Merge(groups[1]);
            groups[2].Merge(groups[0]);

            return Bits(together).SequenceEqual(Bits(groups[2])) && together.Save().Bound == groups[2].Save().Bound && groups[2].Count == drawn.n;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1, 20_011)]
    [InlineData(3, 8192)]
    [InlineData(4, 8193)]
    [InlineData(9, 20_011)]
    [InlineData(8, 15)]
    public void Many_at_once_are_the_same_as_one_by_one(int count, int dimension)
    {
        Random random = new(count);
        WeightedUpdate[] updates = [.. Enumerable.Range(0, count).Select(k => new WeightedUpdate(Vector(random, dimension), 10 + k, k % 3 == 2 ? 7 : 1))];
        ExactAverage atOnce = new(dimension), oneByOne = new(dimension);
        atOnce.Add(updates);
        foreach (WeightedUpdate update in updates)
        {
            oneByOne.Add(update.Vector.Span, update.Weight, update.Normalizer);
        }

        atOnce.Save().Sums.ShouldBe(oneByOne.Save().Sums);
        atOnce.Save().Bound.ShouldBe(oneByOne.Save().Bound);
    }

    [Fact]
    public void A_normalizer_divides_the_update_in_float()
    {
        float[] update = Vector(new Random(3), 100);
        ExactAverage divided = new(100), quotients = new(100);
        divided.Add(update, weight: 5, normalizer: 3);
        quotients.Add([.. update.Select(x => x / 3f)], weight: 5);

        divided.Save().Sums.ShouldBe(quotients.Save().Sums);
    }

    [Fact]
    public void A_factor_scales_the_mean()
    {
        ExactAverage average = new(1);
        average.Add([3f], weight: 2);
        float[] mean = new float[1];
        average.Mean(mean, factor: 2.5);

        mean.ShouldBe([7.5f]);
    }

    [Fact]
    public void Taking_an_update_back_leaves_no_trace()
    {
        Random random = new(4);
        (float[] one, float[] other) = (Vector(random, 100), Vector(random, 100));
        ExactAverage average = new(100);
        average.Add(one, weight: 7);
        ExactAverageState before = average.Save();
        average.Add(other, weight: 3, normalizer: 5);
        average.Subtract(other, weight: 3, normalizer: 5);

        average.Save().ShouldBeEquivalentTo(before);
    }

    [Fact]
    public void A_saved_average_goes_on_where_it_was()
    {
        Random random = new(5);
        ExactAverage whole = new(100), first = new(100), second = new(100);
        float[][] updates = [Vector(random, 100), Vector(random, 100)];
        whole.Add(updates[0], 4);
        whole.Add(updates[1], 5);

        first.Add(updates[0], 4);
        second.Restore(first.Save());
        second.Add(updates[1], 5);

        second.Save().ShouldBeEquivalentTo(whole.Save());
    }

    [Fact]
    public void A_reset_average_is_as_new()
    {
        ExactAverage average = new(3);
        average.Add([1, 2, 3], 4);
        average.Reset();

        average.Save().ShouldBeEquivalentTo(new ExactAverage(3).Save());
    }

    [Fact]
    public void Adding_one_update_allocates_nothing()
    {
        ExactAverage average = new(1000);
        float[] update = new float[1000];
        average.Add(update, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        average.Add(update, 1);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    internal static float[] Vector(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-45, 2))))];

    private static float[] Mean(ExactAverage average)
    {
        float[] mean = new float[average.Dimension];
        average.Mean(mean);
        return mean;
    }

    private static IEnumerable<uint> Bits(ExactAverage average) => Mean(average).Select(BitConverter.SingleToUInt32Bits);
}

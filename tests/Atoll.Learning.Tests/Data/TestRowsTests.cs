using Atoll.Learning.Data;
using Atoll.Learning.Randomness;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Learning.Tests.Data;

public sealed class TestRowsTests
{
    [Fact]
    public void Shares_sum_to_the_total_and_miss_their_quota_by_less_than_one()
    {
        Gen<(int, int[])> cases = from total in Gen.Choose(0, 500) from weights in Gen.Choose(0, 90).ArrayOf(7) where weights.Sum() > 0 select (total, weights);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            (int total, int[] weights) = c;

            int[] shares = Apportionment.Of(total, weights);

            shares.Sum().ShouldBe(total);
            for (int i = 0; i < shares.Length; i++)
            {
                ((double)shares[i]).ShouldBe((double)total * weights[i] / weights.Sum(), 0.99999);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    // The textbook example of largest remainders (https://en.wikipedia.org/wiki/Largest_remainders_method): 100,000 votes, ten seats.
    [InlineData(10, "47000 16000 15800 12000 6100 3100", "5 2 1 1 1 0")]
    [InlineData(3, "1 1 1 1", "1 1 1 0")]
    public void Known_seats_are_apportioned(int seats, string votes, string expected) =>
        string.Join(' ', Apportionment.Of(seats, [.. votes.Split(' ').Select(int.Parse)])).ShouldBe(expected);

    [Fact]
    public void A_split_keeps_every_row_the_size_it_promises_and_each_labels_share()
    {
        Gen<(int[], int, ulong)> cases =
            from labels in Gen.Choose(0, 4).NonEmptyListOf() from percent in Gen.Choose(1, 99) from seed in Gen.Choose(0, 1_000_000) select (labels.ToArray(), percent, (ulong)seed);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            (int[] labels, int percent, ulong seed) = c;
            float[] targets = [.. labels.Select(label => (float)label)];
            int[] rows = [.. Enumerable.Range(0, labels.Length)];

            (int[] train, int[] test) = TestRows.Split(rows, targets, 5, percent / 100.0, new Philox(seed, Purpose.Split));

            train.Concat(test).Order().ShouldBe(rows);
            test.Length.ShouldBe(Math.Min(((percent * labels.Length) + 99) / 100, labels.Length - 1));
            foreach (IGrouping<int, int> label in labels.GroupBy(label => label))
            {
                int own = test.Count(row => labels[row] == label.Key);
                ((double)own).ShouldBe((double)test.Length * label.Count() / labels.Length, 1.0001);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_labels_only_row_stays_in_training_while_others_have_rows_to_spare()
    {
        float[] targets = [1, .. Enumerable.Repeat(0f, 45)];
        for (ulong seed = 0; seed < 50; seed++)
        {
            TestRows.Split([.. Enumerable.Range(0, 46)], targets, 2, 0.34, new Philox(seed, Purpose.Split)).Test.ShouldNotContain(0);
        }
    }

    [Fact]
    public void A_values_split_is_a_plain_draw_of_the_same_size() =>
        TestRows.Split([.. Enumerable.Range(0, 35)], [.. Enumerable.Range(0, 35).Select(i => i * 1.5f)], 0, 0.2, new Philox(1, Purpose.Split)).Test.Length.ShouldBe(7);

    [Fact]
    public void Test_rows_follow_the_sites_own_labels_by_hand()
    {
        // Label 0 is trained 3 : 1 and has 4 test rows, label 1 is trained 0 : 2 and has 3, label 2 is trained nowhere and goes by size (3 : 3).
        float[] targets = [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 2, 2];

        int[][] test = TestRows.Spread([6, 7, 8, 9, 10, 11, 12, 13, 14], [[0, 1, 2], [3, 4, 5]], targets, 3, new Philox(1, Purpose.Split));

        test.Select(rows => string.Join(' ', rows.CountBy(row => targets[row]).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}:{pair.Value}"))).ShouldBe(["0:3 2:1", "0:1 1:3 2:1"]);
        test.SelectMany(rows => rows).Order().ShouldBe([6, 7, 8, 9, 10, 11, 12, 13, 14]);
    }
}

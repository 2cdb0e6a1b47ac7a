using Atoll.Learning.Randomness;

namespace Atoll.Learning.Tests.Randomness;

public sealed class PhiloxTests
{
    // The three philox4x32-10 lines of kat_vectors in the Random123 distribution (D. E. Shaw Research): counter, key, result.
    [Theory]
    [InlineData(
        new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 },
        new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void A_block_has_the_published_known_answer(uint[] counter, uint[] key, uint[] answer) =>
        Philox.Block(counter[0], counter[1], counter[2], counter[3], key[0], key[1]).ShouldBe((answer[0], answer[1], answer[2], answer[3]));

    [Fact]
    public void Words_come_from_consecutive_blocks_of_the_documented_counter()
    {
        Philox random = new(0x0123456789abcdef, Purpose.Shuffle, client: 5, round: 7, step: 9);

        uint[] words = [.. Enumerable.Range(0, 8).Select(_ => random.NextUInt())];

        uint stream = ((uint)Purpose.Shuffle << 24) | 5;
        (uint a0, uint a1, uint a2, uint a3) = Philox.Block(0, 9, 7, stream, 0x89abcdef, 0x01234567);
        (uint b0, uint b1, uint b2, uint b3) = Philox.Block(1, 9, 7, stream, 0x89abcdef, 0x01234567);
        words.ShouldBe([a0, a1, a2, a3, b0, b1, b2, b3]);
    }

    [Fact]
    public void Every_part_of_the_key_makes_another_stream()
    {
        Philox[] streams =
        [
            new(1, Purpose.Split), new(2, Purpose.Split), new(1UL << 32, Purpose.Split), new(1, Purpose.Partition), new(1, Purpose.Split, client: 1),
            new(1, Purpose.Split, round: 1), new(1, Purpose.Split, step: 1),
        ];

        streams.Select(stream => stream.NextUInt()).ShouldBeUnique();
    }

    [Fact]
    public void Whole_numbers_below_a_bound_are_equally_likely()
    {
        Philox random = new(3, Purpose.Shuffle);
        int[] counts = new int[7];

        for (int i = 0; i < 70_000; i++)
        {
            counts[random.Next(7)]++;
        }

        // χ² with 6 degrees of freedom exceeds 22.5 once in a thousand.
        counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000).ShouldBeLessThan(22.5);
    }

    [Fact]
    public void A_permutation_keeps_every_item_and_every_order_is_as_likely()
    {
        Philox random = new(4, Purpose.Shuffle);
        Dictionary<string, int> counts = [];

        for (int i = 0; i < 24_000; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            random.Permute<char>(items);
            counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }

        counts.Count.ShouldBe(24);
        // χ² with 23 degrees of freedom exceeds 49.7 once in a thousand.
        counts.Values.Sum(count => Math.Pow(count - 1000, 2) / 1000).ShouldBeLessThan(49.7);
    }
}

using Atoll.Learning.Layers;
using Atoll.Learning.Randomness;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Layers;

public sealed class DropoutTests
{
    private static readonly Dropout s_layer = new(new Shape(5_001), 0.25f, salt: 1);

    [Fact]
    public void Backward_passes_where_forward_passed_and_by_the_same_factor()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 2 * 5_001)];
        var run = new LayerRun(s_layer, 2).Forward([], ones).Backward([], ones, ones);

        run.InputGradient.ToArray().ShouldBe(run.Output.ToArray());
        run.Output.ToArray().Distinct().Order().ShouldBe([0f, 1 / (1 - 0.25f)]);
    }

    [Fact]
    public void A_quarter_is_left_out()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 2 * 5_001)];
        int zeros = new LayerRun(s_layer, 2).Forward([], ones).Output.Count(0f);

        zeros.ShouldBeInRange(2_500 - 175, 2_500 + 175); // 4 standard deviations of a binomial: √(10,002·¼·¾) = 43
    }

    [Fact]
    public void Outside_training_nothing_changes()
    {
        float[] x = Draw.Numbers(5_001, 1);
        new LayerRun(s_layer, 1) { Pass = new Pass(1) }.Forward([], x).Output.ToArray().ShouldBe(x);
    }

    [Fact]
    public void Every_part_of_the_key_gives_another_mask()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 5_001)];
        Pass pass = new(1, Training: true, Seed: 9, Client: 1, Round: 2, Step: 3);
        Pass[] passes = [pass, pass with { Seed = 10 }, pass with { Seed = 9 + (1ul << 32) }, pass with { Client = 2 }, pass with { Round = 3 }, pass with { Step = 4 }];
        Dropout other = new(new Shape(5_001), 0.25f, salt: 2);

        var masks = passes.Select(p => (s_layer, p)).Append((other, pass)).Select(x => new LayerRun(x.Item1, 1) { Pass = x.Item2 }.Forward([], ones).Output.ToArray()).ToArray();

        for (int i = 0; i < masks.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int equal = masks[i].Zip(masks[j]).Count(pair => pair.First == pair.Second);
                equal.ShouldBeInRange(3_126 - 140, 3_126 + 140); // independent masks agree on ¼² + ¾² = 62.5 %
            }
        }
    }

    [Fact]
    public void The_mask_is_the_documented_function_of_Philox()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 8)];
        Pass pass = new(1, Training: true, Seed: 0x1234_5678_9ABC_DEF0, Client: 5, Round: 6, Step: 7);
        float[] mask = new LayerRun(new Dropout(new Shape(8), 0.5f, salt: 3), 1) { Pass = pass }.Forward([], ones).Output.ToArray();

        for (uint block = 0; block < 2; block++)
        {
            var (a, b, c, d) = Philox.Block(block, 7, 6, ((uint)Purpose.Dropout << 24) | 5, 0x9ABC_DEF0, 0x1234_5678 ^ unchecked(0x9E3779B9u * 4));
            uint[] words = [a, b, c, d];
            mask.AsSpan((int)block * 4, 4).ToArray().ShouldBe(words.Select(w => w < 0x8000_0000 ? 0f : 2f));
        }
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void A_probability_outside_zero_to_one_is_refused(float probability) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Dropout(new Shape(3), probability, 0));
}

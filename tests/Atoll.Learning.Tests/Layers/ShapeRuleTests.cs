using Atoll.Learning.Layers;

namespace Atoll.Learning.Tests.Layers;

public sealed class ShapeRuleTests
{
    [Fact]
    public void A_kernel_larger_than_the_padded_image_is_refused() =>
        Should.Throw<InvalidOperationException>(() => new Conv2d(new Shape(4, 9, 1), 2, kernel: 7, padding: 1)).Message
            .ShouldBe("A 7×7 convolution needs at least 7×7 places, but [4, 9, 1] with padding 1 has 6×11.");

    [Fact]
    public void Padding_as_wide_as_the_kernel_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new Conv2d(new Shape(4, 4, 1), 2, kernel: 3, padding: 3));

    [Fact]
    public void A_pool_larger_than_the_image_is_refused() => Should.Throw<InvalidOperationException>(() => new MaxPool(new Shape(4, 2, 1), 3));

    [Fact]
    public void Groups_that_do_not_divide_the_channels_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new GroupNorm(new Shape(2, 2, 6), 4)).Message.ShouldContain("6");

    [Fact]
    public void A_residual_around_a_layer_that_changes_the_shape_is_refused() =>
        Should.Throw<InvalidOperationException>(() => new Residual(new Linear(new Shape(3), 4))).Message.ShouldContain("[3]");

    [Fact]
    public void Layers_that_do_not_fit_each_other_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new Sequence([new Linear(new Shape(3), 4), new Linear(new Shape(5), 1)])).Message
            .ShouldBe("Layer 1 takes shape [5], but layer 0 gives [4].");

    [Theory]
    [InlineData(-1f)]
    [InlineData(9f)]
    [InlineData(2.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3e9f)]
    public void A_token_that_is_no_word_is_refused(float token) =>
        Should.Throw<InvalidOperationException>(() => new LayerRun(LayerCases.All["embedding"], 1).Forward(new float[45], [0, 1, token, 2]));

    [Fact]
    public void A_sample_of_more_numbers_than_an_array_holds_is_refused() => Should.Throw<InvalidOperationException>(() => new Shape(65_536, 65_536, 1));

    [Fact]
    public void Of_equal_numbers_in_a_window_the_first_takes_the_gradient()
    {
        MaxPool layer = new(new Shape(2, 2, 9), 2); // 9 channels: eight in a vector, one alone
        float[] x = [.. Enumerable.Repeat(3f, 36)];
        var run = new LayerRun(layer, 1).Forward([], x).Backward([], x, [.. Enumerable.Repeat(1f, 9)]);
        run.InputGradient.ToArray().ShouldBe([.. Enumerable.Repeat(1f, 9), .. new float[27]]);
    }

    [Fact]
    public void NaN_wins_a_max_pool_and_passes_ReLU()
    {
        float[] x = new float[36];
        x.AsSpan(9, 9).Fill(float.NaN);
        new LayerRun(new MaxPool(new Shape(2, 2, 9), 2), 1).Forward([], x).Output.ContainsAnyExcept(float.NaN).ShouldBeFalse();
        new LayerRun(Activations.ReLU(new Shape(36)), 1).Forward([], x).Output.Count(float.NaN).ShouldBe(9);
    }
}

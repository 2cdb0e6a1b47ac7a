using Atoll.Learning.Models;

namespace Atoll.Learning.Tests.Models;

public sealed class ModelTests
{
    private static readonly Shape s_mnist = new(28, 28, 1);

    [Fact]
    public void The_network_of_McMahan_has_the_published_number_of_parameters() => new McMahanCnn().Build(s_mnist, 10).ParameterCount.ShouldBe(1_663_370);

    [Fact]
    public void The_network_of_NIID_Bench_has_the_published_number_of_parameters() => new NiidBenchCnn().Build(s_mnist, 10).ParameterCount.ShouldBe(44_426);

    [Fact]
    public void McMahans_2NN_has_the_published_number_of_parameters() => new Mlp { Hidden = [200, 200] }.Build(new Shape(784), 10).ParameterCount.ShouldBe(199_210);

    [Fact]
    public void Tensors_are_named_by_layer_and_part()
    {
        var network = new Cnn { Convolutions = [new() { Channels = 3, Kernel = 3 }], Hidden = [4] }.Build(new Shape(6, 6, 2), 3);
        network.Parameters.Select(p => $"{p.Name} {string.Join('×', p.Dimensions)}")
            .ShouldBe(["0.weight 3×3×2×3", "0.bias 3", "4.weight 12×4", "4.bias 4", "6.weight 4×3", "6.bias 3"]); // 1 activation, 2 pool, 3 flatten, 5 activation
    }

    [Fact]
    public void First_values_are_uniform_within_one_over_the_root_of_the_inputs()
    {
        float[] w = new Mlp { Hidden = [100] }.Build(new Shape(400), 10).Initialize(seed: 3);
        var first = w.AsSpan(0, 401 * 100).ToArray();

        first.Max(MathF.Abs).ShouldBeInRange(0.9999f / 20, 1f / 20);
        first.Average(x => (double)x).ShouldBe(0, 4 * (0.05 / Math.Sqrt(3)) / Math.Sqrt(first.Length)); // four standard errors
        first.Average(x => (double)x * x).ShouldBe(0.05 * 0.05 / 3, 0.02 * 0.05 * 0.05 / 3);
    }

    [Fact]
    public void The_same_seed_draws_the_same_bytes_and_another_seed_others()
    {
        var network = new NiidBenchCnn().Build(s_mnist, 10);
        network.Initialize(5).ShouldBe(network.Initialize(5));
        network.Initialize(5).ShouldNotBe(network.Initialize(6));
    }

    [Theory]
    [InlineData(0, "a value")]
    [InlineData(1, "1")]
    public void Logistic_regression_without_two_classes_is_refused(int classes, string was) =>
        Should.Throw<InvalidOperationException>(() => new Logistic().Build(new Shape(3), classes)).Message.ShouldContain($"but got {was}");

    [Fact]
    public void Linear_regression_of_classes_is_refused() => Should.Throw<InvalidOperationException>(() => new LinearRegression().Build(new Shape(3), 2));

    [Fact]
    public void Convolutions_over_a_row_of_numbers_are_refused() =>
        Should.Throw<InvalidOperationException>(() => new McMahanCnn().Build(new Shape(784), 10)).Message.ShouldContain("[784]");

    [Fact]
    public void One_class_is_refused() => Should.Throw<InvalidOperationException>(() => new Mlp { Hidden = [2] }.Build(new Shape(3), 1));

    [Fact]
    public void An_image_too_small_for_the_network_is_refused() => Should.Throw<InvalidOperationException>(() => new NiidBenchCnn().Build(new Shape(12, 12, 1), 10));
}

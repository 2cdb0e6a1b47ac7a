using Atoll.Learning.Models;
using Atoll.Learning.Tensors;

namespace Atoll.Learning.Tests.Tensors;

public sealed class ModelTensorsTests
{
    private static readonly Network s_network = new Mlp { Hidden = [4] }.Build(new Shape(3), 5);
    private static readonly float[] s_parameters = s_network.Initialize(3);

    [Fact]
    public void A_model_comes_back_through_its_file()
    {
        var tensors = ModelTensors.Of(s_network, s_parameters);
        tensors.Select(t => t.Name).ShouldBe(["0.weight", "0.bias", "2.weight", "2.bias"]);
        ModelTensors.Parameters(s_network, Example.Read(Example.Write(tensors)).Tensors).ShouldBe(s_parameters);
    }

    [Fact]
    public void Several_models_share_a_file_by_their_prefix()
    {
        float[] other = s_network.Initialize(4);
        NamedTensor[] both = [.. ModelTensors.Of(s_network, s_parameters, "cleveland/"), .. ModelTensors.Of(s_network, other, "hungary/")];
        both[0].Name.ShouldBe("cleveland/0.weight");
        ModelTensors.Parameters(s_network, both, "cleveland/").ShouldBe(s_parameters);
        ModelTensors.Parameters(s_network, both, "hungary/").ShouldBe(other);
    }

    [Fact]
    public void The_order_of_the_tensors_does_not_matter() =>
        ModelTensors.Parameters(s_network, [.. ModelTensors.Of(s_network, s_parameters).Reverse()]).ShouldBe(s_parameters);

    [Fact]
    public void A_missing_tensor_is_refused() =>
        Should.Throw<TensorFileException>(() => ModelTensors.Parameters(s_network, [.. ModelTensors.Of(s_network, s_parameters).Skip(1)])).Message
            .ShouldBe("The network needs a tensor '0.weight' of shape [3, 4], but there is none.");

    [Fact]
    public void A_strange_tensor_is_refused() =>
        Should.Throw<TensorFileException>(() => ModelTensors.Parameters(s_network, [.. ModelTensors.Of(s_network, s_parameters), new NamedTensor("9.bias", [1], new float[1])])).Message
            .ShouldContain("'9.bias'");

    [Fact]
    public void The_same_tensor_twice_is_refused() =>
        Should.Throw<TensorFileException>(() => ModelTensors.Parameters(s_network, [.. ModelTensors.Of(s_network, s_parameters), ModelTensors.Of(s_network, s_parameters)[0]]))
            .Message.ShouldContain("twice");

    [Fact]
    public void A_tensor_of_another_shape_is_refused() =>
        Should.Throw<TensorFileException>(() => ModelTensors.Parameters(new Mlp { Hidden = [4] }.Build(new Shape(3), 6), ModelTensors.Of(s_network, s_parameters))).Message
            .ShouldBe("Tensor '2.weight' must have shape [4, 6] for this network, but has [4, 5].");

    [Fact]
    public void A_vector_of_another_network_is_refused() => Should.Throw<InvalidOperationException>(() => ModelTensors.Of(s_network, new float[7]));
}

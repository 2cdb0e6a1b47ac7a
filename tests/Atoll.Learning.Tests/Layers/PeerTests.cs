using Atoll.Learning.Layers;
using Atoll.Learning.Tests.Fixtures;

namespace Atoll.Learning.Tests.Layers;

/// <summary>Forward and backward of every layer against PyTorch 1.13 in double precision.</summary>
public sealed class PeerTests
{
    private const double Tolerance = 2e-6;

    private static readonly Dictionary<string, Expected> s_expected = Fixture.Read<Expected[]>("layers.json").ToDictionary(e => e.Name);

    [Fact]
    public void Every_layer_has_a_peer() => s_expected.Keys.ShouldBe(LayerCases.All.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Forward_and_backward_are_those_of_PyTorch(string name)
    {
        (Layer layer, Expected expected) = (LayerCases.All[name], s_expected[name]);
        float[] input = Draw.Numbers(expected.Batch * layer.Input.Size, 1, expected.Scale), parameters = Draw.Numbers(layer.ParameterCount, 2);
        input = layer is Embedding ? LayerCases.Tokens(input) : input;
        float[] outputGradient = Draw.Numbers(expected.Batch * layer.Output.Size, 3);

        var run = new LayerRun(layer, expected.Batch).Forward(parameters, input).Backward(parameters, input, outputGradient);

        run.Output.ShouldBeCloseTo(expected.Output, Tolerance, "output");
        run.ParameterGradient.ShouldBeCloseTo(expected.ParameterGradient, Tolerance, "gradient of the parameters");
        if (layer is not Embedding)
        {
            run.InputGradient.ShouldBeCloseTo(expected.InputGradient, Tolerance, "gradient of the input");
        }
    }

    [Theory]
    [MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Without_the_input_gradient_the_parameters_gradient_has_the_same_bits(string name)
    {
        Layer layer = LayerCases.All[name];
        float[] input = Draw.Numbers(2 * layer.Input.Size, 1), parameters = Draw.Numbers(layer.ParameterCount, 2), outputGradient = Draw.Numbers(2 * layer.Output.Size, 3);
        input = layer is Embedding ? LayerCases.Tokens(input) : input;

        var with = new LayerRun(layer, 2).Forward(parameters, input).Backward(parameters, input, outputGradient);
        var without = new LayerRun(layer, 2).Forward(parameters, input).Backward(parameters, input, outputGradient, inputGradient: false);

        without.ParameterGradient.ToArray().ShouldBe(with.ParameterGradient.ToArray());
        without.InputGradient.ContainsAnyExcept(float.NaN).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void A_sample_alone_gives_the_bits_that_it_gives_in_a_batch(string name)
    {
        Layer layer = LayerCases.All[name];
        float[] input = Draw.Numbers(3 * layer.Input.Size, 1), parameters = Draw.Numbers(layer.ParameterCount, 2), outputGradient = Draw.Numbers(3 * layer.Output.Size, 3);
        input = layer is Embedding ? LayerCases.Tokens(input) : input;
        var batch = new LayerRun(layer, 3).Forward(parameters, input).Backward(parameters, input, outputGradient);

        for (int sample = 0; sample < 3; sample++)
        {
            Range from = (sample * layer.Input.Size)..((sample + 1) * layer.Input.Size), to = (sample * layer.Output.Size)..((sample + 1) * layer.Output.Size);
            var alone = new LayerRun(layer, 1).Forward(parameters, input[from]).Backward(parameters, input[from], outputGradient[to]);
            alone.Output.ToArray().ShouldBe(batch.Output[to].ToArray());
            alone.InputGradient.ToArray().ShouldBe(batch.InputGradient[from].ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Buffers_for_a_larger_batch_change_nothing_and_stay_untouched_behind_the_batch(string name) => LongerBuffersChangeNothing(LayerCases.All[name]);

    [Fact]
    public void The_same_holds_for_layers_without_a_peer()
    {
        LongerBuffersChangeNothing(new Dropout(new Shape(13), 0.5f, salt: 1));
        LongerBuffersChangeNothing(new Flatten(new Shape(3, 2, 2)));
        LongerBuffersChangeNothing(new MaxPool(new Shape(2, 2, 9), 2)); // nothing is left over at the edge: the last vector ends with the batch
    }

    private static void LongerBuffersChangeNothing(Layer layer)
    {
        const int batch = 2, more = 64;
        float[] input = Draw.Numbers(batch * layer.Input.Size, 1), parameters = Draw.Numbers(layer.ParameterCount, 2), outputGradient = Draw.Numbers(batch * layer.Output.Size, 3);
        input = layer is Embedding ? LayerCases.Tokens(input) : input;
        float[] behind = [.. Enumerable.Repeat(float.NaN, more)];

        var exact = new LayerRun(layer, batch).Forward(parameters, input).Backward(parameters, input, outputGradient);
        var longer = new LayerRun(layer, batch) { Longer = true }.Forward(parameters, [.. input, .. behind]).Backward(parameters, [.. input, .. behind], [.. outputGradient, .. behind]);

        longer.Output.ToArray().ShouldBe(exact.Output.ToArray());
        longer.InputGradient.ToArray().ShouldBe(exact.InputGradient.ToArray());
        longer.ParameterGradient.ToArray().ShouldBe(exact.ParameterGradient.ToArray());
    }

    private sealed record Expected(string Name, int Batch, float Scale, double[] Output, double[] InputGradient, double[] ParameterGradient);
}

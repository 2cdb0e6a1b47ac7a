using Atoll.Learning.Layers;
using Atoll.Learning.Optimizers;
using Atoll.Learning.Tests.Fixtures;
using Atoll.Learning.Tests.Layers;

namespace Atoll.Learning.Tests.Kernels;

/// <summary>No kernel reads or writes past its spans, where a checker of spans cannot see: the pages behind them are forbidden.</summary>
public sealed class BoundsTests
{
    [SkippableFact]
    public void Products_stay_within_their_operands()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "pages are guarded with Linux calls");
        foreach (var (m, n, k) in ((int, int, int)[])[(1, 1, 1), (5, 3, 2), (12, 32, 8), (13, 33, 9), (20, 37, 300), (16, 1_030, 3), (61, 77, 300), (50, 1_100, 17), (40, 30, 257)])
        {
            foreach (var storage in Enum.GetValues<Storage>())
            {
                Product p = new(storage, m, n, k, Accumulate: true);
                using GuardedFloats a = new(p.A), b = new(p.B), c = new(p.Before);
                p.Run(a.Span, b.Span, c.Span);
                ((ReadOnlySpan<float>)c.Span).ShouldHaveTheBitsOf(p.Chains(), p.ToString());
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(LayerCases.Names), MemberType = typeof(LayerCases))]
    public void Layers_stay_within_their_spans(string name)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "pages are guarded with Linux calls");
        Layer layer = LayerCases.All[name];
        float[] x = Draw.Numbers(2 * layer.Input.Size, 1);
        using GuardedFloats input = new(layer is Embedding ? LayerCases.Tokens(x) : x), parameters = new(Draw.Numbers(layer.ParameterCount, 2));
        using GuardedFloats output = new(new float[2 * layer.Output.Size]), scratch = new(new float[layer.ScratchLength(2)]);
        using GuardedFloats outputGradient = new(Draw.Numbers(2 * layer.Output.Size, 3)), inputGradient = new(new float[x.Length]), parameterGradient = new(new float[layer.ParameterCount]);

        layer.Forward(new Pass(2), parameters.Span, input.Span, output.Span, scratch.Span);
        layer.Backward(new Pass(2), parameters.Span, input.Span, output.Span, outputGradient.Span, inputGradient.Span, parameterGradient.Span, scratch.Span);
    }

    [SkippableFact]
    public void Optimizers_stay_within_their_spans()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "pages are guarded with Linux calls");
        foreach (var optimizer in (IOptimizer[])[new Sgd { LearningRate = 1, Momentum = 0.5f, WeightDecay = 0.1f }, new Adam { LearningRate = 1 }, new AdamW { LearningRate = 1 }])
        {
            for (int length = 1; length < 20; length++)
            {
                using GuardedFloats gradient = new(Draw.Numbers(length, 1)), weights = new(Draw.Numbers(length, 2));
                optimizer.Step(optimizer.Init(length), 0.1f, gradient.Span, weights.Span);
            }
        }
    }
}

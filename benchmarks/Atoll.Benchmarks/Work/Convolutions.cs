using Atoll.Benchmarks.Machine;
using Atoll.Learning;
using Atoll.Learning.Layers;

namespace Atoll.Benchmarks.Work;

/// <summary>The convolutions of McMahan's network, batches of 20, and of NIID-Bench's, batches of 64.</summary>
internal static class Convolutions
{
    public static IEnumerable<Benchmark> All =>
    [
        .. Of("conv-1-32", new Conv2d(new Shape(28, 28, 1), channels: 32, kernel: 5, padding: 2), batch: 20),
        .. Of("conv-32-64", new Conv2d(new Shape(14, 14, 32), channels: 64, kernel: 5, padding: 2), batch: 20),
        .. Of("conv-1-6", new Conv2d(new Shape(28, 28, 1), channels: 6, kernel: 5), batch: 64),
        .. Of("conv-6-16", new Conv2d(new Shape(12, 12, 6), channels: 16, kernel: 5), batch: 64),
    ];

    private static IEnumerable<Benchmark> Of(string name, Conv2d layer, int batch)
    {
        string what = $"conv 5×5 {layer.Input.Channels}→{layer.Output.Channels} on {layer.Input.Height}×{layer.Input.Width}, batch {batch}";
        return
        [
            Pass($"{name}-forward", what + ": y", layer.ForwardFlops, b => layer.Forward(b.Pass, b.Parameters, b.Input, b.Output, b.Scratch)),
            Pass($"{name}-weights", what + ": ∂W", layer.BackwardFlops(inputGradient: false),
                b => layer.Backward(b.Pass, b.Parameters, b.Input, b.Output, b.Output, [], b.ParameterGradient, b.Scratch)),
            Pass($"{name}-backward", what + ": ∂W and ∂x", layer.BackwardFlops(inputGradient: true),
                b => layer.Backward(b.Pass, b.Parameters, b.Input, b.Output, b.Output, b.InputGradient, b.ParameterGradient, b.Scratch)),
        ];

        Benchmark Pass(string name, string what, long flops, Action<Buffers> work) => new(name, what, "GFLOP/s", _ =>
        {
            Buffers buffers = new(layer, batch);
            return new Piece(() => work(buffers), (double)flops * batch, Limit.Fma, (double)flops * batch);
        })
        { Scale = 1e9 };
    }

    /// <summary>What a layer works on. Its output serves as its output's gradient: only the shape counts.</summary>
    private sealed class Buffers(Layer layer, int batch)
    {
        public Pass Pass { get; } = new(batch, Training: true);

        public float[] Parameters { get; } = Draw.Numbers(layer.ParameterCount);

        public float[] Input { get; } = Draw.Numbers(batch * layer.Input.Size);

        public float[] Output { get; } = Draw.Numbers(batch * layer.Output.Size);

        public float[] InputGradient { get; } = new float[batch * layer.Input.Size];

        public float[] ParameterGradient { get; } = new float[layer.ParameterCount];

        public float[] Scratch { get; } = new float[layer.ScratchLength(batch)];
    }
}

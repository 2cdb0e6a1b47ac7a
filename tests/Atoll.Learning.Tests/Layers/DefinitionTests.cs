using Atoll.Learning.Layers;
using Atoll.Learning.Tests.Fixtures;
using Atoll.Learning.Tests.Kernels;

namespace Atoll.Learning.Tests.Layers;

/// <summary>Convolution and pooling against their definitions, written down place by place, to the bit: whichever form a width of channels takes.</summary>
public sealed class DefinitionTests
{
    private const int Batch = 2;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(7, 0)]
    [InlineData(16, 2)]
    public void A_convolution_is_one_chain_over_lines_places_and_channels(int channels, int padding)
    {
        foreach (int outputs in (int[])[1, 4, 6, 8, 9, 17])
        {
            Shape image = new(9, 11, channels);
            Conv2d layer = new(image, outputs, kernel: 3, padding);
            float[] x = Draw.Numbers(Batch * image.Size, 1), w = Draw.Numbers(layer.ParameterCount, 2), dy = Draw.Numbers(Batch * layer.Output.Size, 3);
            LayerRun run = new LayerRun(layer, Batch).Forward(w, x).Backward(w, x, dy);
            run.Output.ShouldHaveTheBitsOf(Convolved(layer, x, w, padding), $"{channels} → {outputs}: output");
            run.InputGradient.ShouldHaveTheBitsOf(InputGradient(layer, dy, w, padding), $"{channels} → {outputs}: input's gradient");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Pooling_takes_the_largest_and_gives_the_first_that_holds_it_the_gradient(int size)
    {
        for (int channels = 1; channels <= 18; channels++)
        {
            Shape image = new(3 * size + 1, 2 * size + 1, channels); // a line and a column in no window
            MaxPool layer = new(image, size);
            float[] x = [.. Draw.Numbers(Batch * image.Size, 4).Select(value => MathF.Round(3 * value))]; // few values: many are equal
            float[] dy = Draw.Numbers(Batch * layer.Output.Size, 5), y = new float[dy.Length], dx = new float[x.Length];
            for (int at = 0; at < y.Length; at++)
            {
                (int place, int c) = Math.DivRem(at, channels);
                (int line, int column) = Math.DivRem(place, layer.Output.Width);
                (int sample, int i) = Math.DivRem(line, layer.Output.Height);
                int[] window = [.. from u in Enumerable.Range(0, size)
                                   from v in Enumerable.Range(0, size)
                                   select ((sample * image.Height + i * size + u) * image.Width + column * size + v) * channels + c];
                y[at] = window.Max(from => x[from]);
                dx[window.First(from => x[from] == y[at])] = dy[at];
            }
            LayerRun run = new LayerRun(layer, Batch).Forward([], x).Backward([], x, dy);
            run.Output.ToArray().ShouldBe(y, $"{channels} channels");
            run.InputGradient.ToArray().ShouldBe(dx, $"{channels} channels");
        }
    }

    private static float[] Convolved(Conv2d layer, float[] x, float[] w, int padding)
    {
        int channels = layer.Input.Channels, outputs = layer.Output.Channels;
        return Chains(layer.Output, (sample, i, j, o) =>
            from u in Enumerable.Range(0, 3)
            from v in Enumerable.Range(0, 3)
            from c in Enumerable.Range(0, channels)
            select (At(x, layer.Input, sample, i + u - padding, j + v - padding, c), w[((u * 3 + v) * channels + c) * outputs + o]),
            start: o => w[9 * channels * outputs + o]);
    }

    /// <remarks>The kernel is turned: its chain runs from its last place to its first.</remarks>
    private static float[] InputGradient(Conv2d layer, float[] dy, float[] w, int padding)
    {
        int channels = layer.Input.Channels, outputs = layer.Output.Channels;
        return Chains(layer.Input, (sample, i, j, c) =>
            from u in Enumerable.Range(0, 3).Reverse()
            from v in Enumerable.Range(0, 3).Reverse()
            from o in Enumerable.Range(0, outputs)
            select (At(dy, layer.Output, sample, i + padding - u, j + padding - v, o), w[((u * 3 + v) * channels + c) * outputs + o]),
            start: _ => 0);
    }

    private static float[] Chains(Shape shape, Func<int, int, int, int, IEnumerable<(float X, float W)>> links, Func<int, float> start) =>
    [
        .. from sample in Enumerable.Range(0, Batch)
           from i in Enumerable.Range(0, shape.Height)
           from j in Enumerable.Range(0, shape.Width)
           from c in Enumerable.Range(0, shape.Channels)
           select links(sample, i, j, c).Aggregate(start(c), (sum, link) => MathF.FusedMultiplyAdd(link.X, link.W, sum)),
    ];

    /// <summary>The number at a place, or the zero around the image.</summary>
    private static float At(float[] x, Shape shape, int sample, int i, int j, int c) =>
        i < 0 || i >= shape.Height || j < 0 || j >= shape.Width ? 0 : x[((sample * shape.Height + i) * shape.Width + j) * shape.Channels + c];
}

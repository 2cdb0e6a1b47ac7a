using Atoll.Benchmarks.Machine;
using Atoll.Federation.Aggregation;

namespace Atoll.Benchmarks.Work;

/// <summary>The exact weighted mean of many large models, in memory for one accumulator.</summary>
internal static class Averaging
{
    private const int Parameters = 10_000_000, Models = 100, QuickModels = 20;
    private const long ModelBytes = sizeof(float) * (long)Parameters;

    public static IEnumerable<Benchmark> All =>
    [
        new("averaging", $"exact weighted mean of {Models} models × 10 M parameters", "GB/s", quick => Mean(quick ? QuickModels : Models))
        {
            Scale = 1e9,
            Target = Target.ShareOfLimit(0.7, "streaming read"),
            Bytes = (Models + 6) * ModelBytes,
        },
    ];

    private static Piece Mean(int models)
    {
        float[] first = Draw.Numbers(Parameters), mean = new float[Parameters];
        WeightedUpdate[] updates = [.. Enumerable.Range(0, models).Select(model => new WeightedUpdate(model == 0 ? first : (float[])first.Clone(), Weight: 600 + model))];
        ExactAverage average = new(Parameters);
        double bytes = (double)models * ModelBytes;
        return new Piece(
            () =>
            {
                average.Reset();
                average.Add(updates);
                average.Mean(mean);
            },
            bytes, Limit.Read, bytes);
    }
}

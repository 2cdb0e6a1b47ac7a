namespace Atoll.Benchmarks.Measuring;

/// <summary>How long a piece of work took: the best run shows what the code can do, the median what the machine let it.</summary>
internal sealed record Timing(double BestSeconds, double MedianSeconds, int Runs);

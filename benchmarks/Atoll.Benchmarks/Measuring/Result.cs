using Atoll.Benchmarks.Machine;

namespace Atoll.Benchmarks.Measuring;

/// <summary>What a benchmark gave.</summary>
/// <param name="Rate">In <paramref name="Unit"/>, from the best time.</param>
/// <param name="Limit">What the share is of: <c>fma</c>, <c>read</c>, <c>hash</c>, <c>disk</c>, <c>machine</c> (whatever of it is the narrowest), or <c>none</c>.</param>
/// <param name="FloorSeconds">The least time that the machine's limit allows.</param>
/// <param name="Share">Floor over best time.</param>
/// <param name="Target">In words.</param>
/// <param name="Met">Null where nothing is asked.</param>
internal sealed record Result(
    string Name, string What, string Unit, double Rate, double MedianRate, double BestSeconds, double MedianSeconds, int Runs,
    string Limit, double? FloorSeconds, double? Share, string? Target, bool? Met)
{
    /// <summary>What else there is to say, printed below the table.</summary>
    public string? Note { get; init; }

    /// <summary>The same work in PyTorch, in the same unit and run.</summary>
    public double? PeerRate { get; init; }

    public double? TimesPeer => PeerRate is { } peer ? Rate / peer : null;

    public static Result Of(Benchmark benchmark, Piece piece, Timing timing, MachineLimits limits, bool judge)
    {
        double? floor = piece.Cost / limits.Of(piece.Limit), share = floor / timing.BestSeconds;
        double rate = piece.Amount / timing.BestSeconds / benchmark.Scale;
        bool? met = !judge || benchmark.Target is not { } target ? null : (target.Share is null || share >= target.Share) && (target.Rate is null || rate >= target.Rate);
        return new Result(
            benchmark.Name, benchmark.What, benchmark.Unit, rate, piece.Amount / timing.MedianSeconds / benchmark.Scale, timing.BestSeconds, timing.MedianSeconds,
            timing.Runs, piece.Limit.ToString().ToLowerInvariant(), floor, share, benchmark.Target?.Why, met);
    }
}

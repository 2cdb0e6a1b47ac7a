using Atoll.Benchmarks.Machine;

namespace Atoll.Benchmarks.Measuring;

/// <summary>A piece of work to time, and what is expected of it.</summary>
/// <param name="Name">Also what <c>--only</c> selects by, and what the peers' script calls the same work.</param>
/// <param name="Unit">What <see cref="Piece.Amount"/> counts, a second: <c>samples/s</c>.</param>
/// <param name="Prepare">Makes the work ready; told whether the run is to be quick.</param>
internal sealed record Benchmark(string Name, string What, string Unit, Func<bool, Piece> Prepare)
{
    /// <summary>What is measured is divided by this to print it: 1e9 for GFLOP/s.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Whether it works on several threads: timed on the wall, for the time of one thread says little of it.</summary>
    public bool IsOnAllCores { get; init; }

    public Target? Target { get; init; }

    /// <summary>Memory that the work needs; it is left out on a machine that has less.</summary>
    public long Bytes { get; init; }
}

/// <summary>Work that is ready to run.</summary>
/// <param name="Amount">What one run gets done, in the benchmark's unit.</param>
/// <param name="Cost">The least that one run must do: floating-point operations or bytes read, whichever bounds it.</param>
internal sealed record Piece(Action Run, double Amount, Limit Limit, double Cost);

/// <summary>What a benchmark should reach.</summary>
/// <param name="Share">Of the machine's limit.</param>
/// <param name="Rate">In the benchmark's unit.</param>
/// <param name="Why">Where the figure comes from.</param>
internal sealed record Target(double? Share, double? Rate, string Why)
{
    public static Target ShareOfLimit(double share, string limit) => new(share, null, $"≥ {share:P0} of {limit}");

    public static Target AtLeast(double rate, string why) => new(null, rate, why);
}

using Atoll.Benchmarks.Machine;
using Atoll.Benchmarks.Peers;

namespace Atoll.Benchmarks.Report;

/// <summary>Everything that a run of the benchmarks found out: what <c>--json</c> writes.</summary>
/// <param name="Clock">What the times are of.</param>
/// <param name="Before">The machine's limits before the benchmarks; shares are of the better of before and after.</param>
/// <param name="Peers">Which PyTorch the ratios are to.</param>
internal sealed record BenchmarkReport(MachineFacts Machine, string Clock, MachineLimits Before, MachineLimits After, string? Peers, IReadOnlyList<Result> Results)
{
    /// <summary>Rates of the peers' other ways to do the work of a benchmark whose name they begin with: <c>round-mlp-batched</c>.</summary>
    public IReadOnlyDictionary<string, double> OtherPeerRates { get; init; } = new Dictionary<string, double>();

    /// <summary>The same, with what the peers reached at the same work.</summary>
    public BenchmarkReport Beside(PeerRates peers) => this with
    {
        Peers = peers.Versions,
        OtherPeerRates = peers.Rates.Where(rate => Results.All(result => result.Name != rate.Key) && Results.Any(result => rate.Key.StartsWith(result.Name + '-', StringComparison.Ordinal))).ToDictionary(),
        Results = [.. Results.Select(result => result with { PeerRate = peers.Rates.TryGetValue(result.Name, out double rate) ? rate : null })],
    };
}

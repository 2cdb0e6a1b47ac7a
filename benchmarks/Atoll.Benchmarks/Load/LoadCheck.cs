using Atoll.Benchmarks.Live;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Verification;

namespace Atoll.Benchmarks.Load;

/// <summary>Holds what a coordinator kept against what was sent: the ledger verifies, and each site counts once in it, and once in the model.</summary>
internal static class LoadCheck
{
    private const double Tolerance = 1e-6; // of weights below 1, in 32 bits

    /// <exception cref="InvalidOperationException">Something is not so.</exception>
    public static async Task RequireAsync(LiveFolder folder, IReadOnlyCollection<string> sites, LoadModel before, CancellationToken cancellation)
    {
        Dictionary<long, UpdateReceived> received = [];
        List<RoundAggregated> rounds = [];
        VerificationResult result = await new LedgerVerifier().VerifyAsync(folder.Ledger, entry =>
        {
            if (entry.Kind == EntryKind.UpdateReceived)
            {
                received[entry.Index] = entry.Read<UpdateReceived>();
            }
            else if (entry.Kind == EntryKind.RoundAggregated)
            {
                rounds.Add(entry.Read<RoundAggregated>());
            }
        }, cancellation);
        Require.That(result.IsComplete, $"The ledger must verify, but: {result.Problem}");
        Require.That(received.Values.Select(update => update.Site).Order(StringComparer.Ordinal).SequenceEqual(sites.Order(StringComparer.Ordinal)), $"The ledger must have one update of each of {sites.Count} sites, but has {received.Count} updates of {received.Values.Select(update => update.Site).Distinct().Count()} sites.");
        Require.That(received.Values.Select(update => update.Task).Distinct().Count() == sites.Count, $"Each update must answer a task of its own, but two answer the same.");
        Require.That(rounds.Count == 1 && rounds[0].Updates.Order().SequenceEqual(received.Keys.Order()), $"One round must list each of the {sites.Count} updates once, but {rounds.Count} rounds list {rounds.Sum(round => round.Updates.Count)}.");
        RequireModel(before, LoadModel.Read(File.ReadAllBytes(folder.At("run", "models", $"{LoadExperiment.Arm}.safetensors"))), sites.Count);
    }

    private static void RequireModel(LoadModel before, LoadModel after, int sites)
    {
        Require.That(after.Weights.Length == before.Weights.Length, $"The model must have {before.Weights.Length} weights, but has {after.Weights.Length}.");
        for (int i = 0; i < before.Weights.Length; i++)
        {
            double must = before.Weights.Span[i] + LoadBodies.Average(i, sites), was = after.Weights.Span[i];
            Require.That(Math.Abs(must - was) <= Tolerance, $"Weight {i} must be {must} when every update counts once, but is {was}.");
        }
    }
}

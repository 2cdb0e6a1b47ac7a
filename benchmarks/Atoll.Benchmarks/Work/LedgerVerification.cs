using Atoll.Benchmarks.Machine;
using Atoll.Ledger.Verification;

namespace Atoll.Benchmarks.Work;

/// <summary>Verifying a ledger on one thread: without signatures of sites, and with one on nearly every second entry.</summary>
internal static class LedgerVerification
{
    private const int Rounds = 2400, SignedRounds = 150, QuickRounds = 20;
    private const double EntriesPerSecond = 50_000;

    public static IEnumerable<Benchmark> All =>
    [
        new("ledger-verify", "a run of ten sites, 22 entries a round, no site signs", "entries/s", quick => Of(quick ? QuickRounds : Rounds, isSigned: false))
        {
            Target = Target.AtLeast(EntriesPerSecond, "≥ 50 k entries/s"),
        },
        new("ledger-verify-signed", "the same, every update signed by its site", "signatures/s", quick => Of(quick ? QuickRounds : SignedRounds, isSigned: true)),
    ];

    /// <summary>The least it must do is hash every byte once.</summary>
    private static Piece Of(int rounds, bool isSigned)
    {
        byte[] ledger = SampleLedger.Make(rounds, isSigned);
        LedgerVerifier verifier = new(Threads: 1);
        VerificationResult result = Verify(verifier, ledger);
        return new Piece(() => Verify(verifier, ledger), isSigned ? result.SiteSignatures : result.Entries, isSigned ? Limit.None : Limit.Hash, ledger.Length);
    }

    private static VerificationResult Verify(LedgerVerifier verifier, byte[] ledger)
    {
        VerificationResult result = verifier.VerifyAsync(new MemoryStream(ledger)).GetAwaiter().GetResult();
        Require.That(result.IsComplete, $"The benchmark's own ledger must verify: {result.Problem}");
        return result;
    }
}

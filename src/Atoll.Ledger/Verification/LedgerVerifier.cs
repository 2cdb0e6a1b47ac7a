using System.Runtime.CompilerServices;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Storage;

namespace Atoll.Ledger.Verification;

/// <summary>Checks a ledger from beginning to end, offline, with no key but the public ones in it, in memory for what is still open (sites, nonces, rounds), not for what was read.</summary>
/// <param name="Witness">A head that somebody kept; the ledger must have it as its beginning. Without one, a ledger that was forged as a whole, with keys of the forger's own, looks right.</param>
/// <param name="Threads">For reading lines and checking signatures; by default all cores.</param>
public sealed record LedgerVerifier(KeptHead? Witness = null, int Threads = 0)
{
    /// <param name="path">May be written while it is read: then what is there so far is checked.</param>
    public async Task<VerificationResult> VerifyAsync(string path, Action<LedgerEntry>? taken = null, CancellationToken cancellation = default)
    {
        await using FileStream stream = FileLedger.OpenToRead(path);
        return await VerifyAsync(stream, taken, cancellation);
    }

    /// <param name="ledger">Lines; need not be able to seek.</param>
    /// <param name="taken">Gets each entry that was found right, in order, some thousands at a time.</param>
    public async Task<VerificationResult> VerifyAsync(Stream ledger, Action<LedgerEntry>? taken = null, CancellationToken cancellation = default)
    {
        LineReader lines = new(ledger);
        LedgerRules rules = new();
        LedgerFold fold = new(rules, Threads > 0 ? Threads : Environment.ProcessorCount);
        WitnessCheck? witness = Witness is null ? null : new(Witness);
        long entries = 0;
        Problem? problem;
        try
        {
            problem = await fold.TakeAllAsync(Batches(lines, cancellation), entry =>
            {
                entries++;
                witness?.Take(entry);
                taken?.Invoke(entry);
            });
        }
        catch (LedgerException tooLong)
        {
            problem = new(rules.Size, tooLong.Message.TrimEnd('.'));
        }
        problem ??= rules.Size == 0 && lines.TornBytes == 0 ? new(0, "a ledger must have entries, but there are none") : null;
        problem ??= witness?.Problem(rules);
        return new(rules, fold.Signatures, lines.TornBytes, problem);
    }

    private static async IAsyncEnumerable<List<ReadOnlyMemory<byte>>> Batches(LineReader reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await reader.NextAsync(cancellation) is { Count: > 0 } lines)
        {
            yield return lines;
        }
    }
}

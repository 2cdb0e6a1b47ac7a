using Atoll.Ledger.Entries;

namespace Atoll.Ledger.Verification;

/// <summary>Runs lines through the rules: reading them, hashing them and checking signatures on several threads, the rules themselves in order.</summary>
internal sealed class LedgerFold(LedgerRules rules, int threads)
{
    private const int Slice = 64;

    public long Signatures { get; private set; }

    /// <param name="batches">Lines, some thousands at a time.</param>
    /// <param name="taken">Gets each entry of a batch when all of the batch is found to be right.</param>
    /// <returns>The first thing that is wrong; null where nothing is.</returns>
    public async Task<Problem?> TakeAllAsync(IAsyncEnumerable<List<ReadOnlyMemory<byte>>> batches, Action<LedgerEntry> taken)
    {
        await foreach (List<ReadOnlyMemory<byte>> lines in batches)
        {
            if (Take(lines, taken) is { } problem)
            {
                return problem;
            }
        }
        return null;
    }

    private Problem? Take(List<ReadOnlyMemory<byte>> lines, Action<LedgerEntry> taken)
    {
        (LedgerEntry? Entry, string? Reason)[] parsed = Parse(lines);
        List<SignatureCheck> checks = [];
        Problem? problem = null;
        foreach ((LedgerEntry? entry, string? reason) in parsed)
        {
            SignatureCheck? check = null;
            if ((reason ?? rules.Take(entry!, out check)) is { } wrong)
            {
                problem = new(rules.Size, wrong);
                break;
            }
            if (check is not null)
            {
                checks.Add(check);
            }
        }
        // All of these stand before the problem, if there is one.
        problem = SignatureCheck.FirstBad(checks, threads) ?? problem;
        Signatures += checks.Count;
        if (problem is null)
        {
            foreach ((LedgerEntry? entry, _) in parsed)
            {
                taken(entry!);
            }
        }
        return problem;
    }

    private (LedgerEntry? Entry, string? Reason)[] Parse(List<ReadOnlyMemory<byte>> lines)
    {
        (LedgerEntry? Entry, string? Reason)[] parsed = new (LedgerEntry?, string?)[lines.Count];
        if (threads == 1)
        {
            return [.. lines.Select(Parse)];
        }
        Parallel.For(0, (lines.Count + Slice - 1) / Slice, new ParallelOptions { MaxDegreeOfParallelism = threads }, slice =>
        {
            for (int i = slice * Slice; i < Math.Min(lines.Count, (slice + 1) * Slice); i++)
            {
                parsed[i] = Parse(lines[i]);
            }
        });
        return parsed;
    }

    private static (LedgerEntry?, string?) Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return (LedgerEntry.Parse(line), null);
        }
        catch (LedgerException e)
        {
            return (null, e.Message);
        }
    }
}

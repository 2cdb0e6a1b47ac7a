using System.Security.Cryptography;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Verification;

/// <summary>A signature that an entry carries, and whose it must be.</summary>
/// <param name="Message">See <see cref="Signed.Message"/>.</param>
internal sealed record SignatureCheck(long Entry, string Whose, byte[] Message, string Signature, PublicKey Key)
{
    /// <summary>The first entry whose signature does not hold; null where all do. Checked on all cores.</summary>
    public static Problem? FirstBad(IReadOnlyList<SignatureCheck> checks, int threads)
    {
        Problem? first = null;
        Lock guard = new();
        Parallel.For(0, checks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Dictionary<PublicKey, ECDsa>(), (i, _, keys) =>
        {
            SignatureCheck check = checks[i];
            if (!keys.TryGetValue(check.Key, out ECDsa? key))
            {
                keys[check.Key] = key = check.Key.Open();
            }
            if (check.Bad(key) is { } problem)
            {
                lock (guard)
                {
                    first = first is null || problem.Entry < first.Entry ? problem : first;
                }
            }
            return keys;
        }, keys => keys.Values.ToList().ForEach(key => key.Dispose()));
        return first;
    }

    /// <summary>Why it does not hold; null where it does.</summary>
    public Problem? Bad()
    {
        using ECDsa key = Key.Open();
        return Bad(key);
    }

    private Problem? Bad(ECDsa key) => Signed.WhyNot(Message, Signature, key) is { } reason ? new(Entry, $"{Whose}: {reason}") : null;
}

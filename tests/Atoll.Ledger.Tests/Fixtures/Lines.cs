using System.Text;
using Atoll.Ledger.Heads;
using Atoll.Ledger.Verification;

namespace Atoll.Ledger.Tests.Fixtures;

/// <summary>A ledger's bytes, taken apart and verified.</summary>
internal static class Lines
{
    /// <summary>Each with its line feed.</summary>
    public static byte[][] Of(byte[] ledger) => [.. Encoding.Latin1.GetString(ledger).Split('\n').SkipLast(1).Select(line => Encoding.Latin1.GetBytes(line + "\n"))];

    public static byte[] Join(IEnumerable<byte[]> lines) => [.. lines.SelectMany(line => line)];

    public static VerificationResult Verify(byte[] ledger, KeptHead? witness = null) => new LedgerVerifier(witness, Threads: 1).VerifyAsync(new MemoryStream(ledger)).GetAwaiter().GetResult();
}

using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Live;

/// <summary>Whether what a site signed is what it sends, and its key's.</summary>
internal static class SiteWords
{
    private const int MaxNonce = 64;

    /// <param name="kind">Of the entry that it is for.</param>
    /// <param name="says">What the message amounts to, with a nonce.</param>
    /// <returns>Why it is not; null where it is.</returns>
    public static string? WhyNot(string kind, string site, PublicKey key, SignedStatement signed, Func<string, JsonElement> says)
    {
        if (signed.Author != site)
        {
            return $"What {site} sends must be signed by it (was by '{signed.Author}').";
        }
        if (SiteStatement.NonceOf(signed) is not { Length: > 0 and <= MaxNonce } nonce)
        {
            return $"A signed statement's nonce must have 1 to {MaxNonce} characters.";
        }
        try
        {
            JsonElement expected = says(nonce);
            if (!JsonElement.DeepEquals(expected, signed.Statement))
            {
                return $"What {site} signed must be what it sends: {expected.GetRawText()} (was {signed.Statement.GetRawText()}).";
            }
            return Ledger.Signing.Signed.WhyNot(kind, signed.Statement, signed.Signature, key) is { } reason ? $"{site}'s signature does not hold: {reason}." : null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return $"What {site} signed cannot be written in a ledger: {e.Message}";
        }
    }
}

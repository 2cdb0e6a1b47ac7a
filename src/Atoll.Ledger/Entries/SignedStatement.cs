using System.Text.Json;
using Atoll.Ledger.Signing;

namespace Atoll.Ledger.Entries;

/// <summary>A site's own words inside an entry's data, as the member <c>signed</c>. The signature's domain is the entry's kind.</summary>
public sealed record SignedStatement
{
    /// <summary>The site.</summary>
    public required string Author { get; init; }

    /// <summary>
    /// An object with <c>run</c>, <c>site</c> (the author) and <c>nonce</c> (1 to 64 characters that the site never used before in this run).
    /// What it says beyond these must be what the entry's data says wherever both have a member of the same name.
    /// </summary>
    public required JsonElement Statement { get; init; }

    /// <summary>See <see cref="Signing.Signed"/>.</summary>
    public required string Signature { get; init; }

    /// <param name="kind">Of the entry that it is for.</param>
    public static SignedStatement Of(string kind, string author, JsonElement statement, SigningKey key) =>
        new() { Author = author, Statement = statement, Signature = Signing.Signed.Sign(kind, statement, key) };
}

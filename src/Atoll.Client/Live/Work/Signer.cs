using System.Security.Cryptography;
using System.Text.Json;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Signing;

namespace Atoll.Client.Live.Work;

/// <summary>Puts the site's signature under what it says. A nonce is 128 random bits, so none comes twice, whatever was forgotten between two starts.</summary>
internal sealed class Signer(SigningKey key, string run, string site)
{
    private const int NonceDigits = 32;

    public SignedStatement Enrolment() => Sign(EntryKind.SiteEnrolled, SiteStatement.Of(key.PublicKey, run, site, Nonce()));

    public PreparationMessage Sign(PreparationMessage message) => message with { Signed = Sign(SiteStatement.SitePrepared, SiteStatement.Of(message, run, site, Nonce())) };

    public UpdateMessage Sign(UpdateMessage message) => message with { Signed = Sign(EntryKind.UpdateReceived, SiteStatement.Of(message, run, site, Nonce())) };

    public EvaluationMessage Sign(EvaluationMessage message) => message with { Signed = Sign(EntryKind.Evaluation, SiteStatement.Of(message, run, site, Nonce())) };

    public ReadingMessage Sign(ReadingMessage message) => message with { Signed = Sign(EntryKind.MeterReading, SiteStatement.Of(message, run, site, Nonce())) };

    private SignedStatement Sign(string kind, JsonElement statement) => SignedStatement.Of(kind, site, statement, key);

    private static string Nonce() => RandomNumberGenerator.GetHexString(NonceDigits, lowercase: true);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Hosting.Secrets;

/// <summary>
/// The tokens of a run. A secret opens the door of one site until it expires. That a site enrolled, and with which key, is the ledger's to know: a token is used up by
/// that, and by nothing that could be lost.
/// </summary>
internal sealed class Invitations
{
    private const string FileName = "invitations.json";
    private const int SecretBytes = 32;

    private readonly PrivateFolder _folder;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private IReadOnlyList<Invitation> _all;

    public Invitations(PrivateFolder folder, TimeProvider time)
    {
        (_folder, _time) = (folder, time);
        _all = folder.Read(FileName) is { } kept ? JsonSerializer.Deserialize(kept, InvitationJson.Default.IReadOnlyListInvitation)! : [];
    }

    /// <summary>A new secret for each site; those given out before hold on until they expire.</summary>
    public IReadOnlyDictionary<string, (string Secret, DateTimeOffset Expires)> Invite(IEnumerable<string> sites, TimeSpan lifetime)
    {
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow(), expires = now + lifetime;
            Dictionary<string, (string, DateTimeOffset)> given = [];
            List<Invitation> all = [.. _all.Where(invitation => invitation.Expires > now)];
            foreach (string site in sites)
            {
                string secret = NewSecret();
                given.Add(site, (secret, expires));
                all.Add(new() { Site = site, Secret = Hash(secret), Expires = expires });
            }
            _folder.Write(FileName, JsonSerializer.SerializeToUtf8Bytes(all, InvitationJson.Default.IReadOnlyListInvitation));
            _all = all;
            return given;
        }
    }

    /// <summary>The invitation of a secret; null where there is none. Takes as long for a secret that is nearly right as for any other.</summary>
    public Invitation? Find(string secret)
    {
        Span<byte> shown = stackalloc byte[Digest.Bytes], kept = stackalloc byte[Digest.Bytes];
        Hash(secret).CopyTo(shown);
        Invitation? found = null;
        foreach (Invitation invitation in _all)
        {
            invitation.Secret.CopyTo(kept);
            if (CryptographicOperations.FixedTimeEquals(shown, kept))
            {
                found = invitation;
            }
        }
        return found;
    }

    public bool IsExpired(Invitation invitation) => invitation.Expires <= _time.GetUtcNow();

    internal static string NewSecret() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    internal static Digest Hash(string secret) => Digest.Of(Encoding.UTF8.GetBytes(secret));
}

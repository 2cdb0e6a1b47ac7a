using System.Security.Cryptography;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Hosting.Secrets;

/// <summary>What lets an operator change a run. Printed once, when it is made; kept as SHA-256.</summary>
internal sealed class OperatorToken
{
    private const string FileName = "operator.sha256";

    private readonly byte[] _hash;

    private OperatorToken(byte[] hash, string? secret) => (_hash, New) = (hash, secret);

    /// <summary>The secret itself, where it was made just now.</summary>
    public string? New { get; }

    public static OperatorToken Open(PrivateFolder folder)
    {
        if (folder.Read(FileName) is { Length: Digest.Bytes } kept)
        {
            return new(kept, null);
        }
        string secret = Invitations.NewSecret();
        byte[] hash = Invitations.Hash(secret).ToArray();
        folder.Write(FileName, hash);
        return new(hash, secret);
    }

    public bool Is(string secret) => CryptographicOperations.FixedTimeEquals(Invitations.Hash(secret).ToArray(), _hash);
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Atoll.Ledger.Merkle;

/// <summary>A SHA-256 hash; written as 64 lower-case hexadecimal digits and in no other way.</summary>
[JsonConverter(typeof(DigestConverter))]
[StructLayout(LayoutKind.Sequential)]
public readonly struct Digest : IEquatable<Digest>
{
    public const int Bytes = SHA256.HashSizeInBytes;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly ulong _a, _b, _c, _d;

    /// <param name="bytes">32 of them.</param>
    public Digest(ReadOnlySpan<byte> bytes) =>
        this = bytes.Length == Bytes ? MemoryMarshal.Read<Digest>(bytes) : throw new ArgumentException($"A digest must have {Bytes} bytes (was {bytes.Length}).", nameof(bytes));

    /// <summary>SHA-256 of <paramref name="content"/>, without the prefixes of a tree: the name of a model or an update.</summary>
    public static Digest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(content, hash);
        return new(hash);
    }

    /// <exception cref="FormatException">It is not 64 lower-case hexadecimal digits.</exception>
    public static Digest Parse(string hex) => TryParse(hex, out Digest digest) ? digest
        : throw new FormatException($"A SHA-256 hash must be 64 lower-case hexadecimal digits (was '{hex}').");

    public static bool TryParse([NotNullWhen(true)] string? hex, out Digest digest)
    {
        digest = default;
        return hex?.Length == 2 * Bytes && hex.AsSpan().IndexOfAnyExcept(Digits) < 0
            && Convert.FromHexString(hex, MemoryMarshal.AsBytes(new Span<Digest>(ref digest)), out _, out _) == OperationStatus.Done;
    }

    public void CopyTo(Span<byte> target) => MemoryMarshal.Write(target, in this);

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Digest other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    public override int GetHashCode() => _a.GetHashCode();

    public override string ToString() => Convert.ToHexStringLower(MemoryMarshal.AsBytes(new ReadOnlySpan<Digest>(in this)));

    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);
}

using System.Runtime.CompilerServices;

namespace Atoll.Learning.Randomness;

/// <summary>
/// Philox4x32-10: a counter-based generator. Every draw is a pure function of (seed, purpose, client, round, step, index),
/// so any part of a run can be replayed without replaying what came before it.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. <see href="https://doi.org/10.1145/2063384.2063405"/>
/// Key = seed (64 bits). Counter words = (index of the block of four draws, step, round, purpose ≪ 24 | client).
/// A <see cref="Random"/> whose every method is overridden: no draw depends on the runtime's own algorithms.
/// </remarks>
public sealed class Philox : Random
{
    public const int MaximumClient = (1 << 24) - 1;

    private readonly uint _key0, _key1, _step, _round, _stream;
    private uint _block;
    private int _next = 4;
    private readonly uint[] _words = new uint[4];

    public Philox(ulong seed, Purpose purpose, int client = 0, int round = 0, int step = 0)
    {
        Require.Within(0, MaximumClient, client, nameof(client));
        (_key0, _key1) = ((uint)seed, (uint)(seed >> 32));
        (_step, _round, _stream) = ((uint)step, (uint)round, ((uint)purpose << 24) | (uint)client);
    }

    /// <summary>One block: four words from a counter and a key. Ten rounds.</summary>
    public static (uint, uint, uint, uint) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c0, p1 = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt()
    {
        if (_next == 4)
        {
            (_words[0], _words[1], _words[2], _words[3]) = Block(checked(_block++), _step, _round, _stream, _key0, _key1);
            _next = 0;
        }
        return _words[_next++];
    }

    /// <summary>Uniform in [0, 1), 24 bits.</summary>
    public override float NextSingle() => (NextUInt() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public override double NextDouble() => (NextULong() >> 11) * (1.0 / (1L << 53));

    protected override double Sample() => NextDouble();

    public override int Next() => Next(int.MaxValue);

    /// <summary>Uniform in [0, <paramref name="maxValue"/>), without bias. (Lemire, 2019, <see href="https://doi.org/10.1145/3230636"/>.)</summary>
    public override int Next(int maxValue)
    {
        Require.AtLeast(1, maxValue, nameof(maxValue));
        uint n = (uint)maxValue, threshold = (0u - n) % n;
        while (true)
        {
            ulong product = (ulong)NextUInt() * n;
            if ((uint)product >= threshold)
            {
                return (int)(product >> 32);
            }
        }
    }

    public override int Next(int minValue, int maxValue) => minValue + Next(checked(maxValue - minValue));

    public override long NextInt64() => (long)(NextULong() >> 1);

    public override long NextInt64(long maxValue) => (long)(((UInt128)NextULong() * (ulong)Require.AtLeast(1, maxValue, nameof(maxValue))) >> 64);

    public override long NextInt64(long minValue, long maxValue) => minValue + NextInt64(checked(maxValue - minValue));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref byte b in buffer)
        {
            b = (byte)NextUInt();
        }
    }

    /// <summary>Fisher–Yates: every order equally likely.</summary>
    public void Permute<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong NextULong() => NextUInt() | ((ulong)NextUInt() << 32);
}

using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Atoll.Learning.Tensors;
using Atoll.Ledger.Merkle;

namespace Atoll.Benchmarks.Load;

/// <summary>
/// The updates of all sites in the memory of one: each is the same small numbers, but for a 1 added to the number at the site's own place. So their average has 1/sites at each of
/// these places if, and only if, every site counted once.
/// </summary>
internal sealed class LoadBodies
{
    private const int PieceBytes = 128 << 10;

    private readonly byte[] _shared;
    private readonly int _start;

    public LoadBodies(int parameters)
    {
        float[] update = new float[parameters];
        for (int i = 0; i < parameters; i++)
        {
            update[i] = Base(i);
        }
        using MemoryStream body = new();
        SafetensorsFile.Write(body, [new("update", [parameters], update)]);
        _shared = body.ToArray();
        _start = _shared.Length - sizeof(float) * parameters;
    }

    public int Bytes => _shared.Length;

    /// <summary>What the average of all updates has at a place.</summary>
    public static double Average(int place, int sites) => Base(place) + (place < sites ? 1.0 / sites : 0);

    public Digest NameOf(int site)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int at = PlaceOf(site);
        hash.AppendData(_shared.AsSpan(0, at));
        hash.AppendData(OwnNumber(site));
        hash.AppendData(_shared.AsSpan(at + sizeof(float)));
        return new(hash.GetHashAndReset());
    }

    public HttpContent ContentOf(int site) => new Body(this, site);

    private static float Base(int place) => (place % 7 - 3) * 1e-3f;

    private static byte[] OwnNumber(int site)
    {
        float own = Base(site) + 1;
        return MemoryMarshal.AsBytes(new Span<float>(ref own)).ToArray();
    }

    private int PlaceOf(int site) => _start + sizeof(float) * site;

    private sealed class Body(LoadBodies bodies, int site) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            int at = bodies.PlaceOf(site);
            await SendAsync(stream, 0, at, cancellationToken);
            await stream.WriteAsync(OwnNumber(site), cancellationToken);
            await SendAsync(stream, at + sizeof(float), bodies.Bytes, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bodies.Bytes;
            return true;
        }

        private async Task SendAsync(Stream stream, int from, int to, CancellationToken cancellation)
        {
            for (; from < to; from += PieceBytes)
            {
                await stream.WriteAsync(bodies._shared.AsMemory(from, Math.Min(PieceBytes, to - from)), cancellation);
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace Atoll.Learning.Tests.Kernels;

/// <summary>Numbers that end where a page begins which nobody may touch: reading one too many ends the process.</summary>
internal sealed unsafe partial class GuardedFloats : IDisposable
{
    private const int ReadWrite = 3, None = 0, PrivateAnonymous = 0x22;

    private readonly nint _pages;
    private readonly nuint _bytes;
    private readonly int _length;

    public GuardedFloats(ReadOnlySpan<float> numbers)
    {
        nuint page = (nuint)Environment.SystemPageSize, needed = (nuint)numbers.Length * sizeof(float);
        nuint usable = (needed + page - 1) / page * page;
        (_bytes, _length) = (usable + page, numbers.Length);
        _pages = Map(0, _bytes, ReadWrite, PrivateAnonymous, -1, 0);
        Start = (float*)(_pages + (nint)(usable - needed));
        if (_pages == -1 || Protect(_pages + (nint)usable, page, None) != 0)
        {
            throw new InvalidOperationException($"Guarding {_bytes} bytes failed with error {Marshal.GetLastPInvokeError()}.");
        }
        numbers.CopyTo(Span);
    }

    public Span<float> Span => new(Start, _length);

    private float* Start { get; }

    public void Dispose() => _ = Unmap(_pages, _bytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}

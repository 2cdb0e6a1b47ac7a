using System.Runtime.InteropServices;

namespace Atoll.Learning.Kernels;

/// <summary>Working memory for packing, one a thread, aligned to cache lines, grown on demand and then kept.</summary>
internal sealed unsafe class Scratch
{
    private const nuint CacheLineBytes = 64;

    [ThreadStatic]
    private static Scratch? t_a, t_b, t_c;

    private float* _floats;
    private long _length;

    private Scratch() { }

    ~Scratch() => NativeMemory.AlignedFree(_floats);

    public static float* A(long floats) => (t_a ??= new()).AtLeast(floats);

    public static float* B(long floats) => (t_b ??= new()).AtLeast(floats);

    public static float* C(long floats) => (t_c ??= new()).AtLeast(floats);

    private float* AtLeast(long floats)
    {
        if (floats > _length)
        {
            NativeMemory.AlignedFree(_floats);
            _floats = null;
            _length = 0; // an allocation that fails must not leave the freed block behind
            _floats = (float*)NativeMemory.AlignedAlloc(checked((nuint)floats * sizeof(float)), CacheLineBytes);
            _length = floats;
        }
        return _floats;
    }
}

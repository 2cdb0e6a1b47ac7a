using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Atoll.Benchmarks.Machine;

/// <summary>The fastest that one core reads memory: a sum over far more than the last cache holds.</summary>
internal sealed class ReadBandwidth
{
    private const int Floats = 128 << 20; // 512 MiB

    private readonly float[] _memory = new float[Floats];

    public ReadBandwidth() => Array.Fill(_memory, 1f); // every page is real before it is read

    /// <summary>Bytes/s, the best of several tries.</summary>
    public double Measure(double seconds) => sizeof(float) * (double)Floats / Stopwatches.Time(Run, seconds).BestSeconds;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run()
    {
        const int width = 16, stride = 8 * width;
        ref float p = ref MemoryMarshal.GetArrayDataReference(_memory);
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (nuint i = 0; i < Floats; i += stride)
        {
            s0 += Vector512.LoadUnsafe(ref p, i);
            s1 += Vector512.LoadUnsafe(ref p, i + width);
            s2 += Vector512.LoadUnsafe(ref p, i + 2 * width);
            s3 += Vector512.LoadUnsafe(ref p, i + 3 * width);
            s4 += Vector512.LoadUnsafe(ref p, i + 4 * width);
            s5 += Vector512.LoadUnsafe(ref p, i + 5 * width);
            s6 += Vector512.LoadUnsafe(ref p, i + 6 * width);
            s7 += Vector512.LoadUnsafe(ref p, i + 7 * width);
        }
        Sink.Keep(((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)));
    }
}

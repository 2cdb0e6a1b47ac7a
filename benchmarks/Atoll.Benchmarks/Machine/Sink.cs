using System.Runtime.CompilerServices;

namespace Atoll.Benchmarks.Machine;

/// <summary>Takes what a measurement computed, so that the compiler cannot leave the computing out.</summary>
internal static class Sink
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Keep<T>(T value) => _ = value;
}

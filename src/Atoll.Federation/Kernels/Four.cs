using System.Runtime.InteropServices;

namespace Atoll.Federation.Kernels;

/// <summary>Four vectors of one length, by their first elements.</summary>
internal readonly ref struct Four(ref readonly float v0, ref readonly float v1, ref readonly float v2, ref readonly float v3)
{
    public readonly ref readonly float V0 = ref v0;
    public readonly ref readonly float V1 = ref v1;
    public readonly ref readonly float V2 = ref v2;
    public readonly ref readonly float V3 = ref v3;

    public ReadOnlySpan<float> Span0(int length) => MemoryMarshal.CreateReadOnlySpan(in V0, length);

    public ReadOnlySpan<float> Span1(int length) => MemoryMarshal.CreateReadOnlySpan(in V1, length);

    public ReadOnlySpan<float> Span2(int length) => MemoryMarshal.CreateReadOnlySpan(in V2, length);

    public ReadOnlySpan<float> Span3(int length) => MemoryMarshal.CreateReadOnlySpan(in V3, length);
}

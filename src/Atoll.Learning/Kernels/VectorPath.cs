using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Atoll.Learning.Kernels;

/// <summary>Which registers the kernels use on this machine. The choice changes speed only, never a bit of a result.</summary>
public static class VectorPath
{
    /// <summary>512-bit vectors with fused multiply-add.</summary>
    public static readonly bool Use512 = Vector512.IsHardwareAccelerated;

    /// <summary>256-bit vectors (or pairs of 128-bit ones) with fused multiply-add.</summary>
    public static readonly bool Use256 = (Vector256.IsHardwareAccelerated && Fma.IsSupported) || AdvSimd.IsSupported;

    /// <summary><c>avx512</c>, <c>avx2</c>, <c>vector128</c> or <c>none</c>.</summary>
    public static string Name =>
        Use512 ? "avx512" : Fma.IsSupported && Vector256.IsHardwareAccelerated ? "avx2" : Vector128.IsHardwareAccelerated ? "vector128" : "none";
}

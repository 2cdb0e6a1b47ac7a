namespace Atoll.Footprint.Quantities;

/// <summary>In floating-point operations per second; a multiply-add is two.</summary>
public sealed class ComputeRate : IDimension<ComputeRate>
{
    public static readonly Unit<ComputeRate> FlopPerSecond = new("FLOP/s", 1) { Aliases = ["FLOPS"] };
    public static readonly Unit<ComputeRate> MegaflopPerSecond = new("MFLOP/s", 1e6) { Aliases = ["MFLOPS"] };
    public static readonly Unit<ComputeRate> GigaflopPerSecond = new("GFLOP/s", 1e9) { Aliases = ["GFLOPS"] };
    public static readonly Unit<ComputeRate> TeraflopPerSecond = new("TFLOP/s", 1e12) { Aliases = ["TFLOPS"] };
    public static readonly Unit<ComputeRate> PetaflopPerSecond = new("PFLOP/s", 1e15) { Aliases = ["PFLOPS"] };
    public static readonly Unit<ComputeRate> ExaflopPerSecond = new("EFLOP/s", 1e18) { Aliases = ["EFLOPS"] };

    private ComputeRate()
    {
    }

    public static string Phrase => "a rate of computation";

    public static IReadOnlyList<Unit<ComputeRate>> Units { get; } = [FlopPerSecond, MegaflopPerSecond, GigaflopPerSecond, TeraflopPerSecond, PetaflopPerSecond, ExaflopPerSecond];
}

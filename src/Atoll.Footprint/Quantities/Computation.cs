namespace Atoll.Footprint.Quantities;

/// <summary>In floating-point operations; a multiply-add is two.</summary>
public sealed class Computation : IDimension<Computation>
{
    public static readonly Unit<Computation> Flop = new("FLOP", 1) { Aliases = ["", "FLOPs", "flop", "flops"] };
    public static readonly Unit<Computation> Gigaflop = new("GFLOP", 1e9);
    public static readonly Unit<Computation> Teraflop = new("TFLOP", 1e12);
    public static readonly Unit<Computation> Petaflop = new("PFLOP", 1e15);
    public static readonly Unit<Computation> Exaflop = new("EFLOP", 1e18);
    public static readonly Unit<Computation> Zettaflop = new("ZFLOP", 1e21);

    private Computation()
    {
    }

    public static string Phrase => "an amount of computation";

    public static IReadOnlyList<Unit<Computation>> Units { get; } = [Flop, Gigaflop, Teraflop, Petaflop, Exaflop, Zettaflop];
}

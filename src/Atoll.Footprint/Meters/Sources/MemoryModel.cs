using System.Globalization;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>Memory's power from its size: 5 W for each module (ARM: 1.5 W), whose number is guessed from the size as CodeCarbon 3 does.</summary>
/// <remarks>Modules after the fourth count 0.9, after the eighth 0.8, after the sixteenth 0.7. The range is to what Cloud Carbon Footprint gives: 0.392 W for each gigabyte.</remarks>
internal sealed class MemoryModel : IEnergySource
{
    private const double WattsPerModule = 5, WattsPerArmModule = 1.5, LeastWatts = 10, LeastArmWatts = 3, WattsPerGigabyte = 0.392, BytesPerGibibyte = 1024.0 * 1024 * 1024;

    private readonly Estimate<Power> _power;

    public MemoryModel(long bytes, bool isArm)
    {
        double gibibytes = bytes / BytesPerGibibyte, other = WattsPerGigabyte * gibibytes;
        int modules = Modules(gibibytes);
        double watts = Math.Max(isArm ? LeastArmWatts : LeastWatts, (isArm ? WattsPerArmModule : WattsPerModule) * Weight(modules));
        _power = new(watts * Power.Watt, Math.Min(watts, other) * Power.Watt, Math.Max(watts, other) * Power.Watt);
        Words = $"memory modelled at {_power.Value}";
        Origin = new()
        {
            Basis = Basis.Modelled,
            Source = string.Create(CultureInfo.InvariantCulture, $"CodeCarbon 3.3: {(isArm ? WattsPerArmModule : WattsPerModule)} W for each memory module"),
            Url = "https://mlco2.github.io/codecarbon/methodology.html",
            Note = string.Create(CultureInfo.InvariantCulture, $"{modules} modules guessed from {gibibytes:0.#} GiB; range to {WattsPerGigabyte} W/GB (Cloud Carbon Footprint)"),
        };
    }

    public string Component => Components.Memory;

    public Origin Origin { get; }

    /// <summary>How a note or a description calls it.</summary>
    public string Words { get; }

    /// <summary>How many modules a machine with so much memory usually has.</summary>
    internal static int Modules(double gibibytes) => gibibytes switch
    {
        <= 2 => 1,
        <= 16 => 2,
        <= 64 => 4,
        <= 128 => 8,
        < 256 => (int)Math.Ceiling(gibibytes / 16),
        < 512 => (int)Math.Ceiling(gibibytes / 32),
        < 1024 => (int)Math.Ceiling(gibibytes / 64),
        _ => Math.Min(32, (int)Math.Ceiling(gibibytes / 128)),
    };

    public void Begin()
    {
    }

    public Estimate<Energy> Advance(in Interval interval)
    {
        Quantity<Time> time = interval.Seconds * interval.Share * Time.Second;
        return new(_power.Value * time, _power.Low * time, _power.High * time);
    }

    public (IEnergySource Source, string Words) Fallback() => throw new InvalidOperationException("A model does not fail.");

    private static double Weight(int modules) =>
        Math.Min(modules, 4) + 0.9 * Math.Clamp(modules - 4, 0, 4) + 0.8 * Math.Clamp(modules - 8, 0, 8) + 0.7 * Math.Max(modules - 16, 0);
}

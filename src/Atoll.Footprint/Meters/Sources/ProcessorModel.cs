using System.Globalization;
using Atoll.Footprint.Meters.Machine;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>The processors' power from their load: <c>TDP × (0.1 + 0.9 × load³)</c>.</summary>
/// <remarks>
/// CodeCarbon 3.3, mode <c>cpu_load</c>. It has a second, linear one, <c>TDP × max(0.1, load)</c>: the range is from the lower to the higher of the two. A processor of which
/// nothing is known is taken at 4 W for each thread (CodeCarbon), from 3.5 to 4.11 W at full load (Cloud Carbon Footprint, virtual processors of AWS and GCP).
/// A virtual machine that sees some of a processor's threads has that part of its TDP.
/// </remarks>
internal sealed class ProcessorModel : IEnergySource
{
    private const double WattsPerThread = 4, LowWattsPerThread = 3.5, HighWattsPerThread = 4.11;

    private readonly Estimate<Power> _full;

    public ProcessorModel(Processor processor)
    {
        Tdp? known = Tdp.Of(processor.Name);
        double share = known is null ? 0 : Math.Min(1, (double)processor.Threads / (known.Threads * processor.Sockets));
        _full = known is null
            ? new(processor.Threads * WattsPerThread * Power.Watt, processor.Threads * LowWattsPerThread * Power.Watt, processor.Threads * HighWattsPerThread * Power.Watt)
            : new(known.Watts * processor.Sockets * share * Power.Watt);
        Words = known is null
            ? string.Create(CultureInfo.InvariantCulture, $"the processor modelled from its load at {WattsPerThread} W for each of {processor.Threads} threads")
            : $"the processor modelled from its load and a TDP of {_full.Value}";
        Origin = new()
        {
            Basis = known is null ? Basis.Assumed : Basis.Modelled,
            Source = "CodeCarbon 3.3: TDP × (0.1 + 0.9 × load³)",
            Url = "https://mlco2.github.io/codecarbon/methodology.html",
            Note = known is null
                ? string.Create(CultureInfo.InvariantCulture, $"TDP of {(processor.Name.Length > 0 ? $"\"{processor.Name}\"" : "the processor")} not known: {WattsPerThread} W for each of {processor.Threads} threads; range to the linear model, at {LowWattsPerThread} to {HighWattsPerThread} W (Cloud Carbon Footprint)")
                : string.Create(CultureInfo.InvariantCulture, $"{known.Name}: {known.Watts} W ({known.Source}), {processor.Threads} of {known.Threads * processor.Sockets} threads; range to the linear model"),
        };
    }

    public string Component => Components.Processor;

    public Origin Origin { get; }

    /// <summary>How a note or a description calls it.</summary>
    public string Words { get; }

    public void Begin()
    {
    }

    public Estimate<Energy> Advance(in Interval interval)
    {
        double cubic = 0.1 + 0.9 * interval.Load * interval.Load * interval.Load, linear = Math.Max(0.1, interval.Load);
        Quantity<Time> time = interval.Seconds * interval.Share * Time.Second;
        return new(_full.Value * cubic * time, _full.Low * Math.Min(cubic, linear) * time, _full.High * Math.Max(cubic, linear) * time);
    }

    public (IEnergySource Source, string Words) Fallback() => throw new InvalidOperationException("A model does not fail.");
}

using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Meters;

/// <summary>One component's energy, metered or modelled.</summary>
/// <remarks>Called under the machine meter's lock. Either method may throw a <see cref="MeterException"/>, after which the source is replaced and not called again.</remarks>
internal interface IEnergySource
{
    string Component { get; }

    Origin Origin { get; }

    /// <summary>Looks at the counters, so that what was drawn before counts for nothing.</summary>
    void Begin();

    /// <summary>The metered processes' share of what the component drew since the last look.</summary>
    Estimate<Energy> Advance(in Interval interval);

    /// <summary>What goes on in its place when it fails, and how a note calls that.</summary>
    (IEnergySource Source, string Words) Fallback();
}

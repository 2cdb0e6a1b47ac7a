using Atoll.Footprint.Meters;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Client.Tests.Live;

/// <summary>A meter by which every stretch of work takes two joules.</summary>
internal sealed class TwoJoules(Action started) : IWorkMeter
{
    public Func<Metered> Start()
    {
        started();
        return () => new()
        {
            Duration = 1 * Time.Second,
            Parts = [new MeteredPart("processor", 2 * Energy.Joule, new Origin { Basis = Basis.Measured, Source = "a meter" })],
        };
    }
}

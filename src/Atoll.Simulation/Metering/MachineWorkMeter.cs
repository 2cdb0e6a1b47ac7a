using Atoll.Footprint.Meters;

namespace Atoll.Simulation.Metering;

/// <summary>Stretches of work by this machine's own meter.</summary>
public sealed class MachineWorkMeter(MachineMeter meter) : IWorkMeter
{
    public Func<Metered> Start() => meter.Start().Stop;
}

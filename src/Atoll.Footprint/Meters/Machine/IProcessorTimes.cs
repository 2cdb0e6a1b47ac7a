using System.Diagnostics;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>Who spends the machine's processor time.</summary>
internal interface IProcessorTimes
{
    /// <exception cref="MeterException">They cannot be read.</exception>
    ProcessorTimes Read();

    /// <summary>A process that is to be metered; needless where children are found.</summary>
    void Watch(Process child);
}

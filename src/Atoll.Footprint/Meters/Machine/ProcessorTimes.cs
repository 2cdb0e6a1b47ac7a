namespace Atoll.Footprint.Meters.Machine;

/// <summary>What the machine's processors have spent since some moment, in seconds summed over processors.</summary>
/// <param name="Metered">By the metered processes, those that have ended included. Never falls.</param>
/// <param name="Busy">By all processes and the kernel.</param>
/// <param name="Idle">In waiting.</param>
/// <param name="Processes">The metered processes that are running.</param>
internal readonly record struct ProcessorTimes(double Metered, double Busy, double Idle, IReadOnlySet<int> Processes);

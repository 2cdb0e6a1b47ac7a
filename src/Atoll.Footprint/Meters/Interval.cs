namespace Atoll.Footprint.Meters;

/// <summary>What happened between two looks at the meters.</summary>
/// <param name="Seconds">Its length.</param>
/// <param name="Load">Of the machine's processors, from 0 to 1.</param>
/// <param name="Share">Of the processor time that the machine spent, the part that the metered processes spent; from 0 to 1.</param>
/// <param name="Processes">The metered processes that are running.</param>
internal readonly record struct Interval(double Seconds, double Load, double Share, IReadOnlySet<int> Processes);

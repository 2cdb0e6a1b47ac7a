namespace Atoll.Planning.Timing;

/// <summary>What a training step comes to in the long run, in seconds.</summary>
/// <param name="ComputeSeconds">Computing, were it never to wait.</param>
/// <param name="ExposedSeconds">Waiting for the network.</param>
/// <param name="NetworkSeconds">The network being at work, hidden or not.</param>
internal readonly record struct StepTiming(double ComputeSeconds, double ExposedSeconds, double NetworkSeconds)
{
    public double Seconds => ComputeSeconds + ExposedSeconds;

    /// <summary>The network being at work while the accelerators compute.</summary>
    public double HiddenSeconds => Math.Max(0, NetworkSeconds - ExposedSeconds);

    public double Utilization => ComputeSeconds / Seconds;
}

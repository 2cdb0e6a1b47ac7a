namespace Atoll.Footprint.Meters;

/// <summary>The best meters that this machine has: counters where they can be read, a model elsewhere. One for a process; stretches of work are taken from it.</summary>
public sealed class MachineMeter : IDisposable
{
    /// <summary>In words, for the first lines of a run: <c>RAPL package and DRAM, NVML; this process's share by processor time</c>.</summary>
    public string Description => throw new NotImplementedException();

    /// <summary>Finds what there is to read. Never throws for a meter that is missing or closed: <see cref="Description"/> says what is used.</summary>
    public static MachineMeter Open(TimeProvider? time = null) => throw new NotImplementedException($"{time}");

    /// <summary>Begins a stretch of work. Stretches of one thread after another add up to the whole; overlapping ones are refused.</summary>
    public Metering Start() => throw new NotImplementedException();

    public void Dispose()
    {
    }
}

/// <summary>A stretch of work under way.</summary>
public sealed class Metering
{
    /// <summary>What it has taken until now. The stretch goes on.</summary>
    public Metered Read() => throw new NotImplementedException();

    /// <summary>Ends it.</summary>
    public Metered Stop() => throw new NotImplementedException();
}

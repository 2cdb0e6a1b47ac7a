using System.Diagnostics;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>Where the system's times are not read: the metered processes are taken to be all that works.</summary>
internal sealed class OwnProcessorTimes(MeterScope scope, TimeProvider time) : IProcessorTimes
{
    private readonly long _start = time.GetTimestamp();
    private readonly List<Process> _watched = [];
    private double _metered;

    public ProcessorTimes Read()
    {
        try
        {
            double spent = _watched.Sum(p => p.TotalProcessorTime.TotalSeconds);
            HashSet<int> running = [.. _watched.Where(p => !p.HasExited).Select(p => p.Id)];
            if (scope == MeterScope.ThisProcess)
            {
                spent += Environment.CpuUsage.TotalTime.TotalSeconds;
                running.Add(Environment.ProcessId);
            }
            _metered = Math.Max(_metered, spent);
            return new(_metered, _metered, Math.Max(0, time.GetElapsedTime(_start).TotalSeconds * Environment.ProcessorCount - _metered), running);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            throw new MeterException($"A process's processor time cannot be read: {e.Message}", e);
        }
    }

    public void Watch(Process child) => _watched.Add(child);
}

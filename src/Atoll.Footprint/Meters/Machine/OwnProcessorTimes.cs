using System.Diagnostics;

namespace Atoll.Footprint.Meters.Machine;

/// <summary>Where the system's times are not read: the metered processes are taken to be all that works.</summary>
internal sealed class OwnProcessorTimes(MeterScope scope, TimeProvider time) : IProcessorTimes
{
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<Process, double> _watched = [];
    private double _metered;

    public ProcessorTimes Read()
    {
        try
        {
            HashSet<int> running = [];
            foreach (Process process in _watched.Keys.ToArray())
            {
                Look(process, running);
            }
            double spent = _watched.Values.Sum();
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

    public void Watch(Process child) => _watched[child] = 0;

    /// <summary>Some systems forget a process's times when it ends: then it keeps those of the last look.</summary>
    private void Look(Process process, HashSet<int> running)
    {
        try
        {
            _watched[process] = process.TotalProcessorTime.TotalSeconds;
            if (!process.HasExited)
            {
                running.Add(process.Id);
            }
        }
        catch (InvalidOperationException) when (process.HasExited)
        {
        }
    }
}

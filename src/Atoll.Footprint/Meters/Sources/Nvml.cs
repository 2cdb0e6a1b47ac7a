using System.Runtime.InteropServices;
using System.Text;

namespace Atoll.Footprint.Meters.Sources;

/// <summary>NVIDIA's management library, which comes with the driver.</summary>
/// <remarks>NVML API reference: energy in millijoules since the driver was last loaded (Volta and later), power in milliwatts.</remarks>
internal sealed class Nvml : IGpus
{
    private const int Success = 0, NotSupported = 3, InsufficientSize = 7;

    private const int NameLength = 96;

    private readonly nint _library;
    private readonly nint[] _gpus;
    private readonly GetUInt64 _energy;
    private readonly GetUInt32 _power;
    private readonly GetName _name;
    private readonly GetProcesses? _processes;
    private readonly GetErrorText _errorText;

    private Nvml(nint library)
    {
        _library = library;
        _errorText = Function<GetErrorText>("nvmlErrorString");
        _energy = Function<GetUInt64>("nvmlDeviceGetTotalEnergyConsumption");
        _power = Function<GetUInt32>("nvmlDeviceGetPowerUsage");
        _name = Function<GetName>("nvmlDeviceGetName");
        // The versions 2 and 3 have the same record, with room for instances of a divided GPU; the first has a shorter one.
        _processes = Find<GetProcesses>("nvmlDeviceGetComputeRunningProcesses_v3") ?? Find<GetProcesses>("nvmlDeviceGetComputeRunningProcesses_v2");
        Check(Function<Act>("nvmlInit_v2")(), "nvmlInit");
        try
        {
            Check(Function<GetCount>("nvmlDeviceGetCount_v2")(out uint count), "nvmlDeviceGetCount");
            _gpus = new nint[count];
            GetHandle handle = Function<GetHandle>("nvmlDeviceGetHandleByIndex_v2");
            for (uint i = 0; i < count; i++)
            {
                Check(handle(i, out _gpus[i]), "nvmlDeviceGetHandleByIndex");
            }
        }
        catch (MeterException)
        {
            Function<Act>("nvmlShutdown")();
            throw;
        }
    }

    private delegate int Act();

    private delegate int GetCount(out uint count);

    private delegate int GetHandle(uint index, out nint gpu);

    private delegate int GetUInt64(nint gpu, out ulong value);

    private delegate int GetUInt32(nint gpu, out uint value);

    private delegate int GetName(nint gpu, [Out] byte[] name, uint length);

    private delegate int GetProcesses(nint gpu, ref uint count, [In, Out] ProcessInfo[]? processes);

    private delegate nint GetErrorText(int error);

    public int Count => _gpus.Length;

    /// <summary>The names under which the driver installs the library.</summary>
    public static IReadOnlyList<string> LibraryNames { get; } = OperatingSystem.IsWindows() ? ["nvml.dll"] : ["libnvidia-ml.so.1", "libnvidia-ml.so"];

    /// <summary>Null where there is no library or no GPU; never throws.</summary>
    /// <param name="problem">Why a library that is there is of no use; empty where there is none.</param>
    public static Nvml? Open(IReadOnlyList<string> names, out string problem)
    {
        problem = "";
        nint library = 0;
        if (!names.Any(name => NativeLibrary.TryLoad(name, out library)))
        {
            return null;
        }
        try
        {
            Nvml nvml = new(library);
            if (nvml.Count > 0)
            {
                return nvml;
            }
            nvml.Dispose();
            return null;
        }
        catch (MeterException e)
        {
            problem = e.Message;
            NativeLibrary.Free(library);
            return null;
        }
    }

    public string Name(int gpu)
    {
        byte[] name = new byte[NameLength];
        Check(_name(_gpus[gpu], name, NameLength), "nvmlDeviceGetName");
        return Encoding.UTF8.GetString(name.AsSpan(0, Math.Max(0, Array.IndexOf(name, (byte)0))));
    }

    public double? Energy(int gpu)
    {
        int error = _energy(_gpus[gpu], out ulong millijoules);
        if (error == NotSupported)
        {
            return null;
        }
        Check(error, "nvmlDeviceGetTotalEnergyConsumption");
        return millijoules / 1e3;
    }

    public double Power(int gpu)
    {
        Check(_power(_gpus[gpu], out uint milliwatts), "nvmlDeviceGetPowerUsage");
        return milliwatts / 1e3;
    }

    public IReadOnlyCollection<int> Processes(int gpu)
    {
        if (_processes is null)
        {
            throw new MeterException("NVML does not say which processes use a GPU: the driver is too old.");
        }
        uint count = 0;
        int error = _processes(_gpus[gpu], ref count, null);
        while (error == InsufficientSize)
        {
            // Others may start between the two calls.
            count += 8;
            ProcessInfo[] processes = new ProcessInfo[count];
            error = _processes(_gpus[gpu], ref count, processes);
            if (error == Success)
            {
                return [.. processes.Take((int)count).Select(p => (int)p.Id).Distinct()];
            }
        }
        Check(error, "nvmlDeviceGetComputeRunningProcesses");
        return [];
    }

    public void Dispose()
    {
        Function<Act>("nvmlShutdown")();
        NativeLibrary.Free(_library);
    }

    private void Check(int error, string function)
    {
        if (error != Success)
        {
            throw new MeterException($"NVML: {function} failed: {Marshal.PtrToStringUTF8(_errorText(error)) ?? "?"} ({error}).");
        }
    }

    private T Function<T>(string name) where T : Delegate => Find<T>(name) ?? throw new MeterException($"NVML has no function {name}: the driver is too old.");

    private T? Find<T>(string name) where T : Delegate => NativeLibrary.TryGetExport(_library, name, out nint address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;

    /// <summary><c>nvmlProcessInfo_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessInfo
    {
        public uint Id;
        public ulong UsedMemory;
        public uint GpuInstance;
        public uint ComputeInstance;
    }
}

using System.Diagnostics;
using Atoll.Footprint.Meters;
using Atoll.Footprint.Meters.Sources;

namespace Atoll.Footprint.Tests.Meters;

/// <summary>A library with NVML's functions as its reference declares them, made by the C compiler, so that types and calls are held against C and not against themselves.</summary>
public sealed class NvmlTests : IDisposable
{
    private const string Source = """
        #include <string.h>
        typedef struct { unsigned int pid; unsigned long long usedGpuMemory; unsigned int gpuInstanceId, computeInstanceId; } nvmlProcessInfo_t;
        static int open = 0, gpus[2];
        int nvmlInit_v2(void) { open++; return 0; }
        int nvmlShutdown(void) { open--; return 0; }
        int nvmlDeviceGetCount_v2(unsigned int *n) { *n = 2; return open ? 0 : 1; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned int i, void **gpu) { *gpu = &gpus[i]; return 0; }
        int nvmlDeviceGetName(void *gpu, char *name, unsigned int length) { strncpy(name, gpu == &gpus[0] ? "NVIDIA H200" : "Tesla K80", length); return 0; }
        int nvmlDeviceGetTotalEnergyConsumption(void *gpu, unsigned long long *mJ) { *mJ = 9876543210987ULL; return gpu == &gpus[0] ? 0 : 3; }
        int nvmlDeviceGetPowerUsage(void *gpu, unsigned int *mW) { *mW = 123456; return gpu == &gpus[0] ? 15 : 0; }
        int nvmlDeviceGetComputeRunningProcesses_v3(void *gpu, unsigned int *n, nvmlProcessInfo_t *infos) {
          if (gpu != &gpus[0]) { *n = 0; return 0; }
          if (!infos || *n < 3) { *n = 3; return 7; }
          *n = 3;
          for (int i = 0; i < 3; i++) { memset(&infos[i], 0xff, sizeof infos[i]); infos[i].pid = 100 + i / 2; }
          return 0;
        }
        const char *nvmlErrorString(int e) { return e == 15 ? "GPU is lost" : "Unknown Error"; }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-nvml-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void Counters_names_powers_and_processes_come_over_as_c_gives_them()
    {
        using Nvml nvml = Nvml.Open([Compiled()], out string problem).ShouldNotBeNull();
        problem.ShouldBe("");
        nvml.Count.ShouldBe(2);
        nvml.Name(0).ShouldBe("NVIDIA H200");
        nvml.Name(1).ShouldBe("Tesla K80");
        nvml.Energy(0).ShouldBe(9_876_543_210.987);
        nvml.Energy(1).ShouldBeNull();
        nvml.Power(1).ShouldBe(123.456);
        nvml.Processes(0).ShouldBe([100, 101]);
        nvml.Processes(1).ShouldBeEmpty();
        Should.Throw<MeterException>(() => nvml.Power(0)).Message.ShouldBe("NVML: nvmlDeviceGetPowerUsage failed: GPU is lost (15).");
    }

    private string Compiled()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the stand-in for NVML is made for Linux.");
        string source = Path.Combine(_folder, "nvml.c"), library = Path.Combine(_folder, "libnvml.so");
        File.WriteAllText(source, Source);
        try
        {
            using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, source]);
            compiler.WaitForExit();
            compiler.ExitCode.ShouldBe(0);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "there is no C compiler (cc) to make a stand-in for NVML with.");
        }
        return library;
    }
}

using Atoll.Footprint.Meters;
using Atoll.Footprint.Meters.Sources;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Meters;

/// <summary>By hand, on GPUs whose counters are set.</summary>
public sealed class GpuTests : IDisposable
{
    private const int Stranger = 9;

    private readonly LinuxTree _machine = new();

    public void Dispose() => _machine.Dispose();

    /// <summary>Of the first GPU's 200 J a half, with a stranger on it too; of the second all 70 J; of the third, the stranger's, nothing.</summary>
    [Fact]
    public void A_gpu_s_energy_is_borne_by_the_processes_that_compute_on_it()
    {
        FakeGpus gpus = new(1000, 500, 40);
        (gpus.Users[0], gpus.Users[1], gpus.Users[2]) = ([LinuxTree.Self, Stranger], [LinuxTree.Self], [Stranger]);
        using MachineMeter meter = _machine.Open(gpus: gpus);
        meter.Description.ShouldContain("NVML, energy counter: 3 × NVIDIA H200");
        Metering stretch = meter.Start();
        (gpus.Energies[0], gpus.Energies[1], gpus.Energies[2]) = (1200, 570, 99);
        _machine.Time.Advance(0.5);

        MeteredPart part = Gpu(stretch.Stop());
        part.Energy.In(Energy.Joule).ShouldBe(170, 1e-9);
        part.Origin.Basis.ShouldBe(Basis.Measured);
    }

    [Fact]
    public void A_child_s_gpu_is_the_command_s()
    {
        FakeGpus gpus = new(1000.0);
        gpus.Users[0] = [77];
        using MachineMeter meter = _machine.Open(MeterScope.Children, gpus);
        Metering stretch = meter.Start();
        _machine.Process(77, LinuxTree.Self, 5);
        gpus.Energies[0] = 1300;
        _machine.Time.Advance(0.5);
        Gpu(stretch.Stop()).Energy.In(Energy.Joule).ShouldBe(300, 1e-9);
    }

    /// <summary>100, 300 and 200 W at 0, 1 and 2 s, straight between: 200 + 250 J.</summary>
    [Fact]
    public void Without_a_counter_power_is_sampled()
    {
        FakeGpus gpus = new((double?)null);
        gpus.Users[0] = [LinuxTree.Self];
        gpus.Powers[0] = 100;
        using MachineMeter meter = _machine.Open(gpus: gpus);
        Metering stretch = meter.Start();
        gpus.Powers[0] = 300;
        _machine.Time.Advance(1);
        gpus.Powers[0] = 200;
        _machine.Time.Advance(1);
        MeteredPart part = Gpu(stretch.Stop());
        part.Energy.In(Energy.Joule).ShouldBe(450, 1e-9);
        part.Origin.Source.ShouldBe("NVML, power, sampled: NVIDIA H200");
    }

    [Fact]
    public void In_a_container_all_of_a_gpu_counts_and_it_is_said()
    {
        _machine.Write(".dockerenv", "");
        FakeGpus gpus = new(10.0);
        using MachineMeter meter = _machine.Open(gpus: gpus);
        Metering stretch = meter.Start();
        gpus.Energies[0] = 30;
        _machine.Time.Advance(0.5);
        MeteredPart part = Gpu(stretch.Stop());
        part.Energy.In(Energy.Joule).ShouldBe(20, 1e-9);
        part.Origin.Note!.ShouldContain("in a container the processes on a GPU cannot be told apart");
    }

    /// <summary>50 J in 0.5 s are 100 W, at which the next 0.4 s are taken.</summary>
    [Fact]
    public void A_gpu_that_is_lost_is_taken_at_its_mean_power_until_then()
    {
        FakeGpus gpus = new(100.0);
        gpus.Users[0] = [LinuxTree.Self];
        using MachineMeter meter = _machine.Open(gpus: gpus);
        Metering stretch = meter.Start();
        gpus.Energies[0] = 150;
        _machine.Time.Advance(0.5);
        stretch.Read();
        gpus.IsBroken = true;
        _machine.Time.Advance(0.4);

        Metered metered = stretch.Stop();
        metered.Parts.Where(p => p.Component == "gpu").Select(p => (p.Origin.Basis, Math.Round(p.Energy.In(Energy.Joule), 9))).ShouldBe([(Basis.Measured, 50), (Basis.Assumed, 40)]);
        metered.Notes.ShouldHaveSingleItem().ShouldBe("NVML: nvmlDeviceGetTotalEnergyConsumption failed: GPU is lost (15). From then on: the GPU taken at its mean power until then, 100 W.");
    }

    [Fact]
    public void A_gpu_that_cannot_be_read_from_the_start_is_said_and_not_counted()
    {
        FakeGpus gpus = new(100.0) { IsBroken = true };
        using MachineMeter meter = _machine.Open(gpus: gpus);
        meter.Description.ShouldContain("GPUs are not counted: NVML: nvmlDeviceGetTotalEnergyConsumption failed");
        meter.Start().Stop().Parts.ShouldNotContain(p => p.Component == "gpu");
    }

    [Fact]
    public void The_library_is_closed_with_the_meter()
    {
        FakeGpus gpus = new(100.0);
        _machine.Open(gpus: gpus).Dispose();
        gpus.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public void A_library_that_is_missing_is_no_error()
    {
        Nvml.Open(["no-such-library.so.1"], out string problem).ShouldBeNull();
        problem.ShouldBe("");
    }

    [SkippableFact]
    public void A_library_that_is_another_is_said()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "libc.so.6 is a library of Linux.");
        Nvml.Open(["libc.so.6"], out string problem).ShouldBeNull();
        problem.ShouldBe("NVML has no function nvmlErrorString: the driver is too old.");
    }

    [SkippableFact]
    public void This_machine_s_gpus_say_their_energy()
    {
        using Nvml? nvml = Nvml.Open(Nvml.LibraryNames, out string problem);
        Skip.If(nvml is null, $"no NVIDIA GPU or its library is here{(problem.Length > 0 ? $": {problem}" : "")}");
        nvml.Name(0).ShouldNotBeEmpty();
        nvml.Power(0).ShouldBeInRange(1, 2000);
        if (nvml.Energy(0) is { } before)
        {
            Thread.Sleep(200);
            nvml.Energy(0)!.Value.ShouldBeGreaterThanOrEqualTo(before);
        }
        nvml.Processes(0).ShouldAllBe(id => id > 0);
    }

    private static MeteredPart Gpu(Metered metered) => metered.Parts.Single(p => p.Component == "gpu");
}

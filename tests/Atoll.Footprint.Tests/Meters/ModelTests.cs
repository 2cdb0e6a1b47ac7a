using Atoll.Footprint.Meters;
using Atoll.Footprint.Meters.Machine;
using Atoll.Footprint.Meters.Sources;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Meters;

/// <summary>CodeCarbon 3's formulas by hand: <c>TDP × (0.1 + 0.9 × load³)</c>, 4 W for a thread of an unknown processor, 5 W for a memory module.</summary>
public sealed class ModelTests
{
    private static readonly IReadOnlySet<int> None = new HashSet<int>();

    [Theory]
    [InlineData(0, 1.6, 1.4, 1.644)]
    [InlineData(0.5, 3.4, 2.975, 8.22)] // 16 × 0.2125; the linear model has a half
    [InlineData(1, 16, 14, 16.44)]
    public void An_unknown_processor_takes_four_watts_a_thread(double load, double watts, double low, double high)
    {
        ProcessorModel model = new(new("AMD EPYC", Threads: 4, Sockets: 1));
        Estimate<Energy> second = model.Advance(new(1, load, 1, None));
        second.Value.In(Energy.Joule).ShouldBe(watts, 1e-9);
        second.Low.In(Energy.Joule).ShouldBe(low, 1e-9);
        second.High.In(Energy.Joule).ShouldBe(high, 1e-9);
        model.Origin.Basis.ShouldBe(Basis.Assumed);
        model.Origin.Note!.ShouldContain("TDP of \"AMD EPYC\" not known: 4 W for each of 4 threads");
    }

    [Theory]
    [InlineData("AMD EPYC 7742 64-Core Processor", 128, 1, 225)]
    [InlineData("AMD EPYC 7742 64-Core Processor", 256, 2, 450)]
    [InlineData("AMD EPYC 7742 64-Core Processor", 16, 1, 28.125)] // an eighth of its threads, in a virtual machine
    [InlineData("INTEL(R) XEON(R) PLATINUM 8480+", 112, 1, 350)]
    [InlineData("Intel(R) Xeon(R) Gold 6430 CPU @ 2.10GHz", 64, 1, 270)]
    public void A_known_processor_takes_its_tdp_at_full_load(string name, int threads, int sockets, double watts)
    {
        ProcessorModel model = new(new(name, threads, sockets));
        Estimate<Energy> second = model.Advance(new(1, 1, 1, None));
        second.Value.In(Energy.Joule).ShouldBe(watts, 1e-9);
        second.IsRange.ShouldBeFalse();
        model.Origin.Basis.ShouldBe(Basis.Modelled);
    }

    [Theory]
    [InlineData("AMD EPYC 9654P 96-Core Processor", "AMD EPYC 9654P")]
    [InlineData("AMD EPYC 9654 96-Core Processor", "AMD EPYC 9654")]
    [InlineData("AMD EPYC 96540", null)]
    [InlineData("", null)]
    public void A_processor_is_known_by_its_whole_name(string name, string? known) => Tdp.Of(name)?.Name.ShouldBe(known);

    [Fact]
    public void Every_processor_s_power_is_between_one_and_ten_watts_a_thread() => Tdp.All.ShouldAllBe(t => t.Watts / t.Threads >= 1 && t.Watts / t.Threads <= 10 && t.Source.Length > 0);

    /// <summary>CodeCarbon's rules: two modules up to 16 GB, four up to 64, eight up to 128; the fifth to eighth count 0.9, to the sixteenth 0.8, further 0.7.</summary>
    [Theory]
    [InlineData(1, false, 10)] // one module, but never less than two's
    [InlineData(8, false, 10)]
    [InlineData(32, false, 20)]
    [InlineData(128, false, 38)] // 5 × (4 + 4 × 0.9)
    [InlineData(192, false, 54)] // 12 modules: 5 × (4 + 3.6 + 4 × 0.8)
    [InlineData(1024, false, 38)] // 8 modules of 128 GB
    [InlineData(8, true, 3)]
    [InlineData(128, true, 11.4)]
    public void Memory_takes_power_by_the_module(double gibibytes, bool isArm, double watts)
    {
        Estimate<Energy> second = new MemoryModel((long)(gibibytes * 1024 * 1024 * 1024), isArm).Advance(new(1, 0, 1, None));
        second.Value.In(Energy.Joule).ShouldBe(watts, 1e-9);
        second.Low.In(Energy.Joule).ShouldBe(Math.Min(watts, gibibytes * 0.392), 1e-9);
        second.High.In(Energy.Joule).ShouldBe(Math.Max(watts, gibibytes * 0.392), 1e-9);
    }

    /// <summary>Half the machine's work at a load of a half, for 0.9 s: 3.4 W and 10 W, of each a half.</summary>
    [Fact]
    public void A_virtual_machine_is_modelled_and_said_to_be_one()
    {
        using LinuxTree machine = new(flags: "fpu vme hypervisor lahf_lm");
        using MachineMeter meter = machine.Open();
        meter.Description.ShouldStartWith("the processor modelled from its load at 4 W for each of 4 threads; memory modelled at 10 W; no meter: RAPL has no counters here");
        meter.Description.ShouldContain("this is a virtual machine, to which the machine's meters are closed");

        Metering stretch = meter.Start();
        machine.Machine(busy: 400, idle: 400);
        machine.Process(LinuxTree.Self, 1, 200);
        machine.Time.Advance(0.9);

        Metered metered = stretch.Stop();
        metered.Parts.Select(p => (p.Component, Math.Round(p.Energy.In(Energy.Joule), 9))).ShouldBe([("processor", 1.53), ("memory", 4.5)]);
        metered.Range.Low.ShouldBeLessThan(metered.Energy);
        metered.Range.High.ShouldBeGreaterThan(metered.Energy);
    }

    [Fact]
    public void A_container_is_said_to_be_one()
    {
        using LinuxTree machine = new();
        machine.Write(".dockerenv", "");
        using MachineMeter meter = machine.Open();
        meter.Description.ShouldContain(": this is a container; mount /sys/class/powercap to open them");
    }

    [Fact]
    public void A_machine_that_says_nothing_of_itself_is_metered_all_the_same()
    {
        using LinuxTree machine = new();
        File.Delete(Path.Combine(machine.Root, "proc", "cpuinfo"));
        File.Delete(Path.Combine(machine.Root, "proc", "meminfo"));
        using MachineMeter meter = machine.Open();
        meter.Description.ShouldContain($"{Environment.ProcessorCount} threads");
    }

    [Fact]
    public void This_machine_has_a_meter_and_work_on_it_takes_energy()
    {
        using MachineMeter meter = MachineMeter.Open();
        meter.Description.ShouldContain("share by processor time");
        Metering stretch = meter.Start();
        long end = System.Diagnostics.Stopwatch.GetTimestamp() + System.Diagnostics.Stopwatch.Frequency * 4 / 10;
        while (System.Diagnostics.Stopwatch.GetTimestamp() < end)
        {
            Thread.SpinWait(1000);
        }
        Metered metered = stretch.Stop();
        metered.Energy.Value.ShouldBeGreaterThan(0);
        (metered.Energy / metered.Duration).In(Power.Watt).ShouldBeLessThan(5000);
        metered.Notes.ShouldBeEmpty();
        metered.Parts.Select(p => p.Component).ShouldContain("processor");
    }
}

using Atoll.Footprint.Meters;
using Atoll.Footprint.Provenance;
using Atoll.Footprint.Quantities;

namespace Atoll.Footprint.Tests.Meters;

/// <summary>By hand throughout, on a machine in a folder.</summary>
public sealed class RaplTests : IDisposable
{
    private readonly LinuxTree _machine = new();

    public RaplTests()
    {
        _machine.Rapl("intel-rapl:0", "package-0", 1000);
        _machine.Rapl("intel-rapl:0:0", "core", 600);
        _machine.Rapl("intel-rapl:0:1", "uncore", 100);
        _machine.Rapl("intel-rapl:0:2", "dram", 500);
        _machine.Rapl("intel-rapl:1", "psys", 2000);
        _machine.Rapl("intel-rapl-mmio:0", "package-0", 1000);
    }

    public void Dispose() => _machine.Dispose();

    /// <summary>40 J and 8 J while a quarter of the processor time was this process's. Cores, uncore, board and the second way to the package are in these already.</summary>
    [Fact]
    public void A_process_bears_its_share_of_package_and_memory_and_nothing_twice()
    {
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Work(seconds: 0.5, busy: 100, idle: 100, own: 25);
        _machine.Rapl("intel-rapl:0", "package-0", 1040);
        _machine.Rapl("intel-rapl:0:0", "core", 630);
        _machine.Rapl("intel-rapl:0:1", "uncore", 105);
        _machine.Rapl("intel-rapl:0:2", "dram", 508);
        _machine.Rapl("intel-rapl:1", "psys", 2090);
        _machine.Rapl("intel-rapl-mmio:0", "package-0", 1040);

        Metered metered = stretch.Stop();

        metered.Parts.Select(p => (p.Component, Math.Round(p.Energy.In(Energy.Joule), 9), p.Origin.Basis))
            .ShouldBe([("processor", 10, Basis.Measured), ("memory", 2, Basis.Measured)]);
        metered.Energy.In(Energy.Joule).ShouldBe(12, 1e-9);
        metered.Range.IsRange.ShouldBeFalse();
        metered.Duration.In(Time.Second).ShouldBe(0.5, 1e-9);
        metered.Notes.ShouldBeEmpty();
        meter.Description.ShouldBe("RAPL package and DRAM; this process's share by processor time");
    }

    [Fact]
    public void Packages_of_several_sockets_add_up()
    {
        _machine.Rapl("intel-rapl:2", "package-1", 77);
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Work(seconds: 0.5, busy: 100, idle: 0, own: 50);
        _machine.Rapl("intel-rapl:0", "package-0", 1010);
        _machine.Rapl("intel-rapl:2", "package-1", 97);

        stretch.Stop().Parts[0].Energy.In(Energy.Joule).ShouldBe(15, 1e-9);
    }

    /// <summary>From 262,143.0 J up to the range of 262,143.32885 J, and 20 J from nothing.</summary>
    [Fact]
    public void A_counter_that_runs_over_goes_on_from_nothing()
    {
        _machine.Rapl("intel-rapl:0", "package-0", 262_143.0);
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Work(seconds: 0.5, busy: 100, idle: 0, own: 100);
        _machine.Rapl("intel-rapl:0", "package-0", 20);

        stretch.Stop().Parts[0].Energy.In(Energy.Joule).ShouldBe(20.32885, 1e-6);
    }

    [Fact]
    public void What_was_drawn_between_stretches_belongs_to_neither()
    {
        using MachineMeter meter = _machine.Open();
        meter.Start().Stop();
        Work(seconds: 100, busy: 20_000, idle: 0, own: 20_000);
        _machine.Rapl("intel-rapl:0", "package-0", 9000);
        Metering second = meter.Start();
        Work(seconds: 0.5, busy: 20_100, idle: 0, own: 20_050);
        _machine.Rapl("intel-rapl:0", "package-0", 9030);

        second.Stop().Parts[0].Energy.In(Energy.Joule).ShouldBe(15, 1e-9);
    }

    [Fact]
    public void A_meter_that_is_closed_to_the_user_is_said_and_modelled()
    {
        _machine.CloseRapl("intel-rapl:0");
        using MachineMeter meter = _machine.Open();

        meter.Description.ShouldContain("no meter: RAPL is closed to this user");
        meter.Description.ShouldContain("energy_uj cannot be read (root may open it: chmod a+r)");
        Metering stretch = meter.Start();
        Work(seconds: 0.5, busy: 100, idle: 100, own: 100);
        stretch.Stop().Parts.ShouldAllBe(p => p.Origin.Basis != Basis.Measured);
    }

    /// <summary>Measured for 0.5 s: 30 J. Then for 0.4 s at full load, all of it this process's: 4 threads at 4 W.</summary>
    [Fact]
    public void A_meter_that_fails_on_the_way_is_followed_by_the_model_and_a_note()
    {
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Work(seconds: 0.5, busy: 200, idle: 0, own: 200);
        _machine.Rapl("intel-rapl:0", "package-0", 1030);
        stretch.Read().Notes.ShouldBeEmpty();
        _machine.CloseRapl("intel-rapl:0");
        Work(seconds: 0.4, busy: 360, idle: 0, own: 360);

        Metered metered = stretch.Stop();

        MeteredPart[] processor = [.. metered.Parts.Where(p => p.Component == "processor")];
        processor.Select(p => (p.Origin.Basis, Math.Round(p.Energy.In(Energy.Joule), 9))).ShouldBe([(Basis.Measured, 30), (Basis.Assumed, 6.4)]);
        metered.Notes.ShouldHaveSingleItem().ShouldMatch("RAPL is closed to this user: .* From then on: the processor modelled from its load at 4 W for each of 4 threads.");
        metered.Parts.Single(p => p.Component == "memory").Origin.Basis.ShouldBe(Basis.Measured);
    }

    [Theory]
    [InlineData("not a number")]
    [InlineData("")]
    [InlineData("-5")]
    public void A_counter_that_holds_no_number_is_a_failure(string text)
    {
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Work(seconds: 0.5, busy: 100, idle: 0, own: 100);
        _machine.Write("sys/class/powercap/intel-rapl:0/energy_uj", text);

        stretch.Stop().Notes.ShouldHaveSingleItem().ShouldContain($"must hold a whole number (was \"{text}\")");
    }

    [Fact]
    public void A_counter_that_falls_for_no_reason_is_a_failure()
    {
        _machine.Rapl("intel-rapl:0", "package-0", 1000, range: 900);
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Work(seconds: 0.5, busy: 100, idle: 0, own: 100);
        _machine.Rapl("intel-rapl:0", "package-0", 990, range: 900);

        stretch.Stop().Notes.ShouldHaveSingleItem().ShouldContain("fell from 1000000000 to 990000000 µJ");
    }

    private void Work(double seconds, long busy, long idle, long own)
    {
        _machine.Machine(busy, idle);
        _machine.Process(LinuxTree.Self, 1, own);
        _machine.Time.Advance(seconds);
    }
}

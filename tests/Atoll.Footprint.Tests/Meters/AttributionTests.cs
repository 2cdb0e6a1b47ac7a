using Atoll.Footprint.Meters;
using Atoll.Footprint.Quantities;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Footprint.Tests.Meters;

public sealed class AttributionTests : IDisposable
{
    private const int Other = 5000, Child = 6000, Grandchild = 6001;

    private readonly LinuxTree _machine = new();

    private double _joules = 1000;

    public AttributionTests() => Draw(0);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Overlapping_stretches_are_refused_until_the_first_ends()
    {
        using MachineMeter meter = _machine.Open();
        Metering first = meter.Start();
        Should.Throw<InvalidOperationException>(meter.Start).Message.ShouldContain("counted twice");
        first.Dispose();
        Metering second = meter.Start();
        second.Stop();
        Should.Throw<InvalidOperationException>(second.Stop).Message.ShouldContain("before it has ended");
        Should.Throw<InvalidOperationException>(first.Read);
    }

    /// <summary>However a day is cut into stretches, their energies are the whole's.</summary>
    [Fact]
    public void Stretches_one_after_another_add_up_to_the_whole() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<(byte Own, byte Others, byte Idle, byte Joules)>>(), steps =>
        {
            using LinuxTree one = new(), many = new();
            (double joules, long busy, long idle, long own) = (1000, 0, 0, 0);
            Show(one);
            Show(many);
            using MachineMeter whole = one.Open(), cut = many.Open();
            Metering all = whole.Start();
            double sum = 0;
            foreach (var step in steps.Get)
            {
                Metering part = cut.Start();
                joules += step.Joules;
                own += step.Own;
                busy += step.Own + step.Others;
                idle += step.Idle;
                Show(one);
            Show(many);
                one.Time.Advance(0.5);
                many.Time.Advance(0.5);
                all.Read();
                sum += part.Stop().Energy.Value;
            }
            return Math.Abs(all.Stop().Energy.Value - sum) < 1e-6;

            void Show(LinuxTree machine)
            {
                machine.Rapl("intel-rapl:0", "package-0", joules);
                machine.Machine(busy, idle);
                machine.Process(LinuxTree.Self, 1, own);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(20));

    /// <summary>Idle power is in the package's 50 J: borne once, by the two that computed.</summary>
    [Fact]
    public void The_shares_of_all_processes_add_up_to_the_machine()
    {
        _machine.Process(Other, 1, 0);
        using MachineMeter mine = _machine.Open(), others = _machine.Open(self: Other);
        Metering a = mine.Start(), b = others.Start();
        _machine.Process(LinuxTree.Self, 1, 30);
        _machine.Process(Other, 1, 10);
        Pass(busy: 40, idle: 160);
        Draw(50);
        (double x, double y) = (Processor(a.Stop()), Processor(b.Stop()));
        x.ShouldBe(37.5, 1e-9);
        (x + y).ShouldBe(50, 1e-9);
    }

    [Fact]
    public void A_machine_that_stands_idle_stands_idle_for_nobody()
    {
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Pass(busy: 0, idle: 200);
        Draw(5);
        stretch.Stop().Energy.Value.ShouldBe(0);
    }

    /// <summary>The command's own 20 ticks and 40 of a child of its; that ends and is waited for, then the command: nothing is lost or counted twice.</summary>
    [Fact]
    public void A_command_s_children_count_while_they_run_and_after()
    {
        using MachineMeter meter = _machine.Open(MeterScope.Children);
        Metering stretch = meter.Start();
        _machine.Process(LinuxTree.Self, 1, 40);
        _machine.Process(Child, LinuxTree.Self, 20);
        _machine.Process(Grandchild, Child, 40);
        Pass(busy: 100, idle: 0);
        Draw(10);
        Processor(stretch.Read()).ShouldBe(6, 1e-9);

        _machine.End(Grandchild);
        _machine.Process(Child, LinuxTree.Self, 20, childTicks: 40);
        Pass(busy: 200, idle: 0);
        Draw(10);
        Processor(stretch.Read()).ShouldBe(6, 1e-9);

        _machine.End(Child);
        _machine.Process(LinuxTree.Self, 1, 40, childTicks: 160);
        Pass(busy: 300, idle: 0);
        Draw(10);
        Processor(stretch.Stop()).ShouldBe(16, 1e-9);
    }

    [Fact]
    public void This_process_has_the_work_of_children_that_ended_with_its_own()
    {
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        _machine.Process(LinuxTree.Self, 1, 40, childTicks: 10);
        _machine.Process(Other, 1, 50);
        Pass(busy: 100, idle: 0);
        Draw(10);
        Processor(stretch.Stop()).ShouldBe(5, 1e-9);
    }

    /// <summary>In 2 ms no hundredth of a second passes: the share is that of the last fifth of a second, a half.</summary>
    [Fact]
    public void A_stretch_too_short_for_its_processor_time_has_the_share_of_the_time_just_before()
    {
        using MachineMeter meter = _machine.Open();
        Metering first = meter.Start();
        _machine.Process(LinuxTree.Self, 1, 50);
        Pass(busy: 100, idle: 100);
        first.Stop();
        Metering second = meter.Start();
        _machine.Time.Advance(0.002);
        Draw(0.1);
        Processor(second.Stop()).ShouldBe(0.05, 1e-9);
    }

    [Fact]
    public void Processor_times_that_cannot_be_read_are_said_and_all_is_counted()
    {
        using MachineMeter meter = _machine.Open();
        Metering stretch = meter.Start();
        Pass(busy: 100, idle: 100);
        Draw(10);
        _machine.Write("proc/stat", "nothing of use\n");
        Metered metered = stretch.Stop();
        Processor(metered).ShouldBe(10, 1e-9);
        metered.Notes.ShouldHaveSingleItem().ShouldContain("the whole machine at full load is counted, which is more than was used");
    }

    /// <summary>Load 1 in the first second, all of it this process's, and 0 in the second: 16 W × 1 s. Of the mean load, a half, it would be 3.4 W × 2 s.</summary>
    [Fact]
    public void The_meter_looks_every_second_so_that_a_model_of_load_sees_its_peaks()
    {
        using LinuxTree machine = new();
        using MachineMeter meter = machine.Open();
        Metering stretch = meter.Start();
        machine.Machine(busy: 400, idle: 0);
        machine.Process(LinuxTree.Self, 1, 400);
        machine.Time.Advance(1);
        machine.Machine(busy: 400, idle: 400);
        machine.Time.Advance(1);
        Processor(stretch.Stop()).ShouldBe(16, 1e-9);
    }

    [Fact]
    public void A_program_s_name_may_have_blanks_and_parentheses() =>
        Footprint.Meters.Machine.ProcessStat.Parse("7 (a) b (c) S 3 1 1 0 -1 4 103 0 0 0 10 20 300 400 20 0 1 0 1 2 3").ShouldBe(new(7, 3, 30, 700));

    [Fact]
    public void A_line_that_is_no_process_is_refused() =>
        Should.Throw<FormatException>(() => Footprint.Meters.Machine.ProcessStat.Parse("7 (a) S 3")).Message.ShouldContain("must have at least 17 fields (was \"7 (a) S 3\")");

    /// <summary>Its own time against getrusage, by which the runtime counts it. Getrusage knows of it alone, and the meter of the children that it waited for, too: other tests may have had some.</summary>
    [SkippableFact]
    public void This_process_s_time_is_what_the_runtime_counts()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's.");
        const double ticksPerSecond = 100, rounding = 0.03;
        Footprint.Meters.Machine.LinuxProcessorTimes times = new("/proc", Environment.ProcessId, MeterScope.ThisProcess);
        double before = Environment.CpuUsage.TotalTime.TotalSeconds;
        Footprint.Meters.Machine.ProcessStat first = Stat();
        double read = times.Read().Metered;
        Footprint.Meters.Machine.ProcessStat last = Stat();
        double after = Environment.CpuUsage.TotalTime.TotalSeconds;
        (first.Ticks / ticksPerSecond).ShouldBeInRange(before - rounding, after + rounding);
        read.ShouldBeInRange((first.Ticks + first.ChildTicks) / ticksPerSecond, (last.Ticks + last.ChildTicks) / ticksPerSecond);

        static Footprint.Meters.Machine.ProcessStat Stat() => Footprint.Meters.Machine.ProcessStat.Parse(File.ReadAllText("/proc/self/stat"));
    }

    private static double Processor(Metered metered) => metered.Parts.Where(p => p.Component == "processor").Sum(p => p.Energy.In(Energy.Joule));

    private void Pass(long busy, long idle)
    {
        _machine.Machine(busy, idle);
        _machine.Time.Advance(0.5);
    }

    private void Draw(double joules) => _machine.Rapl("intel-rapl:0", "package-0", _joules += joules);
}

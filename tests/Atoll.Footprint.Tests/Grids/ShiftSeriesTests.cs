using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Shifting;
using Atoll.Footprint.Quantities;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Footprint.Tests.Grids;

public sealed class ShiftSeriesTests
{
    /// <summary>Traces of few values, so that equal ones are frequent; jobs and slacks in quarters of a step.</summary>
    private static readonly Arbitrary<(double[] Trace, double Job, double Slack)> s_cases = (
        from length in Gen.Choose(1, 40)
        from trace in Gen.Choose(0, 12).Select(v => v * 0.7).ArrayOf(length)
        from job in Gen.Choose(1, 4 * length)
        from slack in Gen.Choose(0, 4 * length + 8)
        where job < 4 * length
        select (trace, job / 4.0, slack / 4.0)).ToArbitrary();

    [Fact]
    public void A_day_by_hand()
    {
        ShiftSeries series = ShiftSeries.Of([5, 1, 4, 2, 3], jobSteps: 2, slackSteps: 1);
        series.Now.ShouldBe([6, 5, 6]);
        series.Deferred.ShouldBe([5, 5, 5]); // the last: 2 + 3, from step 3
        series.Interrupted.ShouldBe([5, 3, 5]); // 1 + 4, 1 + 2, 2 + 3
    }

    [Fact]
    public void The_part_of_a_step_at_the_end_of_the_window_is_used_as_far_as_it_is_in_it() =>
        ShiftSeries.Of([9, 9, 1, 9], jobSteps: 1, slackSteps: 1.25).Interrupted[0].ShouldBe(0.25 * 1 + 0.75 * 9, 1e-12);

    [Fact]
    public void Every_start_costs_what_trying_everything_finds() => Prop.ForAll(s_cases, c =>
    {
        ShiftSeries series = ShiftSeries.Of(c.Trace, c.Job, c.Slack);
        (List<double> now, List<double> deferred, List<double> interrupted) = BruteForce.Search(c.Trace, c.Job, c.Slack);
        series.Now.ShouldBe(now, 1e-9);
        series.Deferred.ShouldBe(deferred, 1e-9);
        series.Interrupted.ShouldBe(interrupted, 1e-9);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Interrupting_is_never_worse_than_deferring_and_deferring_never_worse_than_now() => Prop.ForAll(s_cases, c =>
    {
        ShiftSeries series = ShiftSeries.Of(c.Trace, c.Job, c.Slack);
        for (int i = 0; i < series.Now.Count; i++)
        {
            series.Deferred[i].ShouldBeLessThanOrEqualTo(series.Now[i]);
            series.Interrupted[i].ShouldBeLessThanOrEqualTo(series.Deferred[i] + 1e-9);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void More_slack_never_costs_more_and_none_saves_nothing() => Prop.ForAll(s_cases, c =>
    {
        ShiftSeries none = ShiftSeries.Of(c.Trace, c.Job, 0), some = ShiftSeries.Of(c.Trace, c.Job, c.Slack), more = ShiftSeries.Of(c.Trace, c.Job, c.Slack + 1.5);
        none.Deferred.ShouldBe(none.Now);
        none.Interrupted.ShouldBe(none.Now, 1e-9);
        for (int i = 0; i < some.Now.Count; i++)
        {
            more.Deferred[i].ShouldBeLessThanOrEqualTo(some.Deferred[i]);
            more.Interrupted[i].ShouldBeLessThanOrEqualTo(some.Interrupted[i] + 1e-9);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_schedule_takes_what_the_search_says_the_job_costs() => Prop.ForAll(s_cases, c =>
    {
        ShiftSeries series = ShiftSeries.Of(c.Trace, c.Job, c.Slack);
        for (int start = 0; start < series.Now.Count; start++)
        {
            ReadOnlySpan<double> window = c.Trace.AsSpan(start);
            ShiftSchedule deferred = ShiftSchedule.Deferred(window, c.Job, c.Job + c.Slack), interrupted = ShiftSchedule.Interrupted(window, c.Job, c.Job + c.Slack);
            Cost(deferred, window).ShouldBe(series.Deferred[start], 1e-9);
            Cost(interrupted, window).ShouldBe(series.Interrupted[start], 1e-9);
            interrupted.Shares.ToArray().Sum().ShouldBe(c.Job, 1e-9);
            deferred.End.ShouldBeLessThanOrEqualTo(c.Job + c.Slack + 1e-9);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static double Cost(ShiftSchedule schedule, ReadOnlySpan<double> window) => schedule.Shares.ToArray().Zip(window.ToArray(), (share, intensity) => share * intensity).Sum();

    [SkippableTheory]
    [InlineData("BPAT", 24, 24)]
    [InlineData("CISO", 24, 24)]
    [InlineData("ERCO", 24, 24)]
    [InlineData("PJM", 24, 24)]
    [InlineData("CISO", 4, 20)]
    [InlineData("PJM", 10.85, 37.5)]
    [InlineData("ERCO", 168, 72)]
    public void Every_start_of_a_real_year_costs_what_trying_everything_finds(string area, double job, double slack)
    {
        GridTrace trace = SharedTraces.Read(area, GapRule.AsListed);
        ShiftSeries series = ShiftSeries.Of(trace.Intensities, job, slack);
        (List<double> now, List<double> deferred, List<double> interrupted) = BruteForce.Search(trace.Intensities.ToArray(), job, slack);
        series.Now.Count.ShouldBe((int)Math.Ceiling(trace.Intensities.Length - job));
        series.Now.ShouldBe(now, 1e-6);
        series.Deferred.ShouldBe(deferred, 1e-6);
        series.Interrupted.ShouldBe(interrupted, 1e-6);
    }

    [Fact]
    public void Shorter_steps_of_the_same_intensity_cost_the_same()
    {
        double[] hours = [50, 20, 80, 10, 30, 60], quarters = [.. hours.SelectMany(h => Enumerable.Repeat(h, 4))];
        ShiftSummary coarse = ShiftSummary.Of(Trace(TimeSpan.FromHours(1), hours), 2 * Time.Hour, 2 * Time.Hour);
        ShiftSeries fine = ShiftSeries.Of(quarters, 8, 8);
        (fine.Now[0] / 4).ShouldBe(70, 1e-9); // 50 + 20 g/kWh, an hour each at 1 kW
        coarse.Now.Max.ShouldBe(100, 1e-9); // 20 + 80
        ShiftSummary.Of(Trace(TimeSpan.FromMinutes(15), quarters), 2 * Time.Hour, 2 * Time.Hour).Interrupted.Min.ShouldBe(coarse.Interrupted.Min, 1e-9);
    }

    [Fact]
    public void Statistics_are_of_grams_and_say_what_is_saved()
    {
        ShiftSummary summary = ShiftSummary.Of(Trace(TimeSpan.FromMinutes(30), [6, 2, 4, 8]), 30 * Time.Minute, 30 * Time.Minute);
        summary.Starts.ShouldBe(3);
        summary.Now.ShouldBe(new(2, 2, 1.1, 2.9, 1, 3, null)); // 3, 1 and 2 g; quantiles by hand: 1 + 0.1 × (2 − 1), 2 + 0.9 × (3 − 2)
        summary.Deferred.Mean.ShouldBe((1 + 1 + 2) / 3.0, 1e-12);
        summary.Deferred.Saving!.Value.ShouldBe(1.0 / 3, 1e-12);
    }

    [Theory]
    [InlineData(0, 1, "more than 0")]
    [InlineData(double.NaN, 1, "more than 0")]
    [InlineData(1, -1, "at least 0")]
    [InlineData(4, 0, "longer than the job")]
    [InlineData(9, 0, "longer than the job")]
    public void What_cannot_be_shifted_is_refused(double job, double slack, string says) =>
        Should.Throw<TraceException>(() => ShiftSummary.Of(Trace(TimeSpan.FromHours(1), [1, 2, 3, 4]), job * Time.Hour, slack * Time.Hour)).Message.ShouldContain(says);

    private static GridTrace Trace(TimeSpan step, double[] values) => new("trace", DateTimeOffset.UnixEpoch, step, values, new() { Basis = Footprint.Provenance.Basis.Assumed, Source = "a test" });
}

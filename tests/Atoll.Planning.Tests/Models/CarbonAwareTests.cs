using System.Globalization;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Shifting;
using Atoll.Footprint.Quantities;
using Atoll.Planning.File;
using Atoll.Planning.Models;
using Atoll.Planning.Results;

namespace Atoll.Planning.Tests.Models;

/// <summary>Jobs of 1 kW, so that grams are sums of intensities.</summary>
public sealed class CarbonAwareTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atoll-carbon-").FullName;

    [Theory]
    [InlineData("defer", 5, 3, 1)]
    [InlineData("interrupt", 3, 4, 2)]
    public void From_a_start_the_job_takes_the_cleanest_hours_of_its_window(string strategy, double grams, double wall, double waits)
    {
        Trace("t.csv", 5, 1, 4, 2, 3, 9);
        ArmOutcome outcome = Read(2, $"{{ kind: carbon-aware, sites: [here], strategy: {strategy}, slack: 2 h, start: 2022-01-01T00:00Z }}").Outcome("shifted");
        outcome.LocationBasedGrams.ShouldBe(grams, 1e-9); // in one piece 1 + 4; in two 1 + 2
        outcome.MarketBasedGrams.ShouldBe(grams, 1e-9);
        (outcome.WallClockSeconds / 3600).ShouldBe(wall, 1e-9);
        (outcome.WaitingSeconds / 3600).ShouldBe(waits, 1e-9);
        (outcome.ComputeJoules / 3.6e6).ShouldBe(2, 1e-9);
        outcome.Utilization.ShouldBe(1, 1e-9);
    }

    [Theory]
    [InlineData("slack: 24 h")]
    [InlineData("deadline: 48 h")]
    public void Over_all_starts_it_costs_what_the_search_over_the_trace_finds(string within)
    {
        double[] values = Random(800, seed: 3);
        GridTrace trace = Trace("t.csv", values);
        ShiftSummary summary = ShiftSummary.Of(trace, 24 * Time.Hour, 24 * Time.Hour);
        Read(24, $"{{ kind: carbon-aware, sites: [here], {within} }}").Outcome("shifted").LocationBasedGrams.ShouldBe(summary.Deferred.Mean, 1e-6);
        PreparedPlan plan = Read(24, $"{{ kind: carbon-aware, sites: [here], strategy: interrupt, {within} }}");
        plan.Outcome("shifted").LocationBasedGrams.ShouldBe(summary.Interrupted.Mean, 1e-6);
        string saved = string.Create(CultureInfo.InvariantCulture, $"−{100 * summary.Interrupted.Saving:0.0} %");
        plan.Notes.ShouldContain(note => note.Contains(saved));
    }

    [Fact]
    public void A_grid_that_is_varied_keeps_the_shape_of_its_days()
    {
        Trace("t.csv", Random(200, seed: 4));
        PreparedPlan plan = Read(5, "{ kind: carbon-aware, sites: [here], slack: 10 h }");
        double mean = plan.InputAt("sites.here.grid.intensity").Value;
        plan.Outcome("shifted", ("sites.here.grid.intensity", 2 * mean)).LocationBasedGrams.ShouldBe(2 * plan.Outcome("shifted").LocationBasedGrams, 1e-6);
    }

    [Fact]
    public void Each_start_goes_to_whichever_site_is_cleaner()
    {
        Trace("t.csv", 10, 50, 10, 50, 10);
        PreparedPlan plan = Read(1, "{ kind: carbon-aware, sites: [here, there], slack: 0 h }", there: "{ intensity: 30 g/kWh }");
        // Starts 0 to 3: here 10, there 30, here 10, there 30.
        plan.Outcome("shifted").LocationBasedGrams.ShouldBe((10 + 30 + 10 + 30) / 4.0, 1e-9);
    }

    [Theory]
    [InlineData("1000 Gbit/s", 4, true)]
    [InlineData("1 kbit/s", 12, false)]
    public void A_job_migrates_where_moving_is_quick_and_stays_where_it_is_slow(string bandwidth, double grams, bool moves)
    {
        Trace("t.csv", 1, 9, 1, 9, 1, 9);
        Trace("u.csv", 9, 1, 9, 1, 9, 1);
        PreparedPlan plan = Read(4, "{ kind: carbon-aware, sites: [here, there], strategy: migrate, slack: 1 h, start: 2022-01-01T00:00Z }", there: "{ trace: u.csv }", bandwidth: bandwidth);
        ArmOutcome outcome = plan.Outcome("shifted");
        outcome.LocationBasedGrams.ShouldBe(grams, 0.01); // a hundred microseconds go into a move of 96 Mbit; or 27 hours, and 1 + 1 + 1 + 9 is the best of one site
        double bits = outcome.LinkBits.GetValueOrDefault("here-there");
        (bits / 96e6).ShouldBe(Math.Round(bits / 96e6), 1e-9);
        (bits >= 3 * 96e6 - 1, bits == 0).ShouldBe((moves, !moves));
    }

    [Fact]
    public void Migrating_is_never_far_from_the_best_of_all_schedules_and_never_better()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            System.Random random = new(seed);
            int hours = random.Next(3, 8), job = random.Next(1, hours);
            Trace("t.csv", Random(hours, seed));
            Trace("u.csv", Random(hours, seed + 10_000));
            double move = random.Next(0, 60);
            PreparedPlan plan = Read(job, "{ kind: carbon-aware, sites: [here, there], slack: 0 h }", there: "{ trace: u.csv }");
            CarbonAwareGrids grids = CarbonAwareGrids.Of([plan.Sites["here"], plan.Sites["there"]], out _)!;
            double[] means = [plan.Sites["here"].Trace!.Mean.Value, plan.Sites["there"].Trace!.Mean.Value];
            CarbonAwareJob shifted = new([job, job], [hours - job, hours - job], means, [0, 0]);
            CarbonAwareWindow found = new CarbonAwareMigration(grids, shifted, new[,] { { double.NaN, 0 }, { 0, double.NaN } }, new[,] { { 0, move }, { move, 0 } }).At(0, staying: 0).ShouldNotBeNull();
            double best = Best(grids, means, job, move, hours);
            found.Grams.ShouldBeGreaterThanOrEqualTo(best - 1e-6);
            found.Grams.ShouldBeLessThanOrEqualTo(best + 100, $"seed {seed}"); // a step costs up to 100 g
            (move > 0 || found.Grams < best + 1e-6).ShouldBeTrue($"seed {seed}: where moving is free, nothing is lost");
            found.Share.Sum().ShouldBe(job, 1e-9);
        }
    }

    [Fact]
    public void The_timeline_shows_one_job_and_what_it_saves()
    {
        Trace("t.csv", 5, 1, 4, 2, 3, 9);
        PreparedPlan plan = Read(2, "{ kind: carbon-aware, sites: [here], strategy: interrupt, slack: 2 h, start: 2022-01-01T00:00Z }");
        Timeline timeline = plan.Arm("shifted").Model.ShouldBeOfType<CarbonAwareModel>().TimelineAt(plan.Inputs.Values());
        timeline.Runs.ShouldBe([null, "here", null, "here"]);
        timeline.Intensity["here"].ShouldBe([5, 1, 4, 2], 1e-9);
        (timeline.SavedKg * 1000).ShouldBe(6 - 3, 1e-9);
    }

    [Fact]
    public void Interrupting_saves_no_less_than_deferring_and_migrating_no_less_than_either()
    {
        Trace("t.csv", Random(300, seed: 8));
        Trace("u.csv", Random(300, seed: 9));
        double[] grams = [.. new[] { "defer", "interrupt", "migrate" }.Select(strategy =>
            Read(12, $"{{ kind: carbon-aware, sites: [here, there], strategy: {strategy}, slack: 12 h, start: 2022-01-03T00:00Z }}", there: "{ trace: u.csv }").Outcome("shifted").LocationBasedGrams)];
        grams[1].ShouldBeLessThanOrEqualTo(grams[0]);
        grams[2].ShouldBeLessThanOrEqualTo(grams[1] + 1e-9);
    }

    [Fact]
    public void Migrating_from_some_starts_is_held_against_staying_at_all()
    {
        Trace("t.csv", Random(700, seed: 10));
        Trace("u.csv", Random(700, seed: 11));
        double[] grams = [.. new[] { "interrupt", "migrate" }.Select(strategy =>
            Read(12, $"{{ kind: carbon-aware, sites: [here, there], strategy: {strategy}, slack: 12 h }}", there: "{ trace: u.csv }").Outcome("shifted").LocationBasedGrams)];
        grams[1].ShouldBeLessThan(grams[0]);
        grams[1].ShouldBeGreaterThan(0.5 * grams[0]);
    }

    /// <summary>Moving for nothing between sites alike, each hour goes to the cleaner grid: a job that pauses takes the least hours of the lesser of the two, at each of 680 starts.</summary>
    [Fact]
    public void What_migrating_comes_to_at_the_mean_of_all_starts_is_that_of_all_and_not_of_some()
    {
        // Grids that swap days: migrating is worth much on some, nothing on others.
        double[] t = [.. Random(700, seed: 12).Select((v, i) => i / 100 % 2 == 0 ? v : v + 80)], u = [.. Random(700, seed: 13).Select(v => v + 40)];
        Trace("t.csv", t);
        Trace("u.csv", u);
        double[] least = [.. t.Zip(u, Math.Min)];
        double byHand = Enumerable.Range(0, 700 - 12).Average(i => least.Skip(i).Take(24).Order().Take(12).Sum());

        double grams = Read(12, "{ kind: carbon-aware, sites: [here, there], strategy: migrate, slack: 12 h }", there: "{ trace: u.csv }", bandwidth: "1000 Tbit/s").Outcome("shifted").LocationBasedGrams;

        grams.ShouldBe(byHand, 0.01 * byHand);
    }

    [Theory]
    [InlineData("sites: [here], deadline: 1 h", "arms.shifted.deadline must be at least 2 h, which the job takes at the fastest site, here (was 1 h)")]
    [InlineData("sites: [here], slack: 1 h, deadline: 9 h", "exclude each other")]
    [InlineData("sites: [here], slack: -1 h", "arms.shifted.slack must be at least 0 s (was -1 h)")]
    [InlineData("sites: [here]", "arms.shifted.sites must be more than one where neither slack nor deadline is given")]
    [InlineData("sites: [here, here], slack: 1 h", "arms.shifted.sites[1] must not repeat")]
    [InlineData("sites: [here], slack: 1 h, start: soon", "arms.shifted.start must be a time such as")]
    [InlineData("sites: [here], slack: 1 h, start: 2023-01-01T00:00Z", "arms.shifted.start must lie within the trace")]
    [InlineData("sites: [here], slack: 1 h, start: 2022-01-01T05:00Z", "sites.here.grid.trace must reach to the end of the job of shifted, which takes 2 h (from its start, the trace has 1 h)")]
    [InlineData("sites: [here], slack: 1 h, strategy: migrate", "arms.shifted.strategy must be defer or interrupt where there is one site")]
    public void What_cannot_be_is_refused_with_line_and_field(string fields, string says)
    {
        Trace("t.csv", 5, 1, 4, 2, 3, 9);
        Experiments.ExperimentFileException e = Should.Throw<Experiments.ExperimentFileException>(() => Read(2, $"{{ kind: carbon-aware, {fields} }}"));
        e.Message.ShouldContain(says);
        e.Problems[0].Line.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_trace_that_is_shorter_than_the_job_is_refused_where_it_is_named()
    {
        Trace("t.csv", 5, 1, 4);
        Experiments.Problem problem = Should.Throw<Experiments.ExperimentFileException>(() => Read(9, "{ kind: carbon-aware, sites: [here], slack: 1 h }")).Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain("sites.here.grid.trace must be longer than the job of shifted, which takes 9 h (the trace has 3 h)");
        problem.Line.ShouldBe(4);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Every way of spending the hours: waiting, or running at either site; a change of site costs a move, wherever the job began.</summary>
    private static double Best(CarbonAwareGrids grids, double[] means, int job, double move, int hours)
    {
        double best = double.PositiveInfinity;
        for (int code = 0; code < (int)Math.Pow(3, hours); code++)
        {
            int ran = 0, at = -1;
            double grams = 0;
            for (int hour = 0, rest = code; hour < hours; hour++, rest /= 3)
            {
                if (rest % 3 is > 0 and int site)
                {
                    grams += means[site - 1] * grids.Of(site - 1)[hour] + (at >= 0 && at != site ? move : 0);
                    (at, ran) = (site, ran + 1);
                }
            }
            best = ran == job ? Math.Min(best, grams) : best;
        }
        return best;
    }

    private static double[] Random(int hours, int seed)
    {
        System.Random random = new(seed);
        return [.. Enumerable.Range(0, hours).Select(_ => Math.Round(100 * random.NextDouble(), 2))];
    }

    private GridTrace Trace(string name, params double[] values)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, "timestamp,intensity\n" + string.Concat(values.Select((v, hour) =>
            string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2022, 1, 1).AddHours(hour):yyyy-MM-dd'T'HH:mm'Z'},{v}\n"))));
        return GridTrace.Read(path, GapRule.Refuse);
    }

    private PreparedPlan Read(int hours, string arm, string there = "{ intensity: 1 kg/kWh }", string bandwidth = "1 Gbit/s") => PlanFile.Parse($$"""
        name: shift
        workload: { parameters: 1000000, steps: {{hours}}, step-time: 1 h }
        sites:
          here: { hardware: { achieved: 1 TFLOP/s, power: 1 kW, embodied: 0 kg, idle-power: 0 W }, pue: 1, grid: { trace: t.csv } }
          there: { hardware: { achieved: 1 TFLOP/s, power: 1 kW, embodied: 0 kg, idle-power: 0 W }, pue: 1, grid: {{there}} }
        links:
          - { between: [here, there], bandwidth: {{bandwidth}}, latency: 0 s, energy: 0 kWh/GB }
        arms:
          shifted: {{arm}}
        """, "plan.yaml", _folder);
}

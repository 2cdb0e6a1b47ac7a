using Atoll.Planning.Timing;
using FsCheck;
using FsCheck.Fluent;

namespace Atoll.Planning.Tests.Timing;

public sealed class LayerQueueTests
{
    private static readonly double[] Grid = [.. Enumerable.Range(0, 50).Select(i => Math.Pow(10, -1 + 4 * i / 49.0))];

    /// <summary>Douillard et al. 2025, Table 4, 1 B parameters, 24 layers, 0.1 s a step, H = 100: Gbit/s at which 50, 80, 90, 95 and 99 % are computing.</summary>
    [Theory]
    [InlineData("data-parallel", 16, 1, 1, 0, new[] { 86.8, 152.6, 184.2, 222.3, 569 })]
    [InlineData("DiLoCo", 16, 100, 1, 0, new[] { 1.4, 6.2, 13.3, 23.3, 86.8 })]
    [InlineData("streaming, overlapped, FP4", 4, 100, 8, 1, new[] { 0.4, 0.9, 1.7, 2.0, 3.0 })]
    public void The_published_bandwidths_are_met_within_one_step_of_their_grid(string method, double bits, int innerSteps, int fragments, int overlap, double[] published)
    {
        double[] utilizations = [0.5, 0.8, 0.9, 0.95, 0.99];
        for (int i = 0; i < utilizations.Length; i++)
        {
            int found = Array.FindIndex(Grid, gigabits => Utilization(gigabits * 1e9) >= utilizations[i]);
            int wanted = Grid.Index().MinBy(g => Math.Abs(g.Item - published[i])).Index;
            Math.Abs(found - wanted).ShouldBeLessThanOrEqualTo(1, $"{method} at {utilizations[i]}: {Grid[found]:F1} for {published[i]}");
        }

        double Utilization(double bandwidth) => new LayerQueue
        {
            StepSeconds = 0.1, Layers = 24, LayerSeconds = AllReduce.Share(2) * 1e9 * bits / 24 / bandwidth, InnerSteps = innerSteps, Fragments = fragments, Overlap = overlap,
        }.Steady().Utilization;
    }

    [Theory]
    [InlineData(103, 0.957)]
    [InlineData(382, 0.856)]
    [InlineData(469, 0.830)]
    public void A_model_sent_whole_between_outer_steps_gives_INTELLECT_1s_utilization(double allReduceSeconds, double published)
    {
        LayerQueue queue = new() { StepSeconds = 22.8, Layers = 1, LayerSeconds = allReduceSeconds, InnerSteps = 100, Fragments = 1 };

        queue.Steady().Utilization.ShouldBe(published, 0.001);
    }

    [Fact]
    public void Data_parallel_training_waits_as_its_longest_path_says()
    {
        // by hand: a step is T, or T and the first layer's exchange, or T/3, the last layer's backward and all exchanges, or the link's own load
        const double T = 3, latency = 0.01;
        const int L = 10;
        foreach (double c in new[] { 0.001, 0.05, 0.19, 0.2, 0.21, 0.5, 4 })
        {
            double byHand = new[] { T + c + latency, T / 3 + 2 * T / 3 / L + L * c + latency, L * c }.Max();

            new LayerQueue { StepSeconds = T, Layers = L, LayerSeconds = c, LatencySeconds = latency, InnerSteps = 1, Fragments = 1 }.Steady()
                .Seconds.ShouldBe(byHand, 1e-9, $"c = {c}");
        }
    }

    [Fact]
    public void It_agrees_with_a_simulation_of_every_layer_of_every_step() =>
        Prop.ForAll(Queues(), q =>
        {
            const int periods = 120;
            double naive = EventSimulation.StepSeconds(q.StepSeconds, q.Layers, q.LayerSeconds, q.LatencySeconds, q.InnerSteps, q.Fragments, q.Overlap, periods);
            double fast = q.Steady().Seconds;
            // the start-up of the simulation lasts as long as its queue may grow: at most the overlap
            double startUp = (q.Overlap + 2) * q.StepSeconds / (q.InnerSteps * periods / 2.0);
            return (Math.Abs(fast - naive) <= 1e-9 * naive || (fast >= naive && fast - naive <= startUp + 1e-9 * naive))
                .Label($"{q}: {fast} for {naive}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void More_bandwidth_never_hurts_more_latency_never_helps_and_no_more_than_all_is_computing() =>
        Prop.ForAll(Queues(), q =>
        {
            double utilization = q.Steady().Utilization;
            return utilization is > 0 and <= 1
                && (q with { LayerSeconds = q.LayerSeconds / 1.3 }).Steady().Utilization >= utilization - 1e-9
                && (q with { LatencySeconds = q.LatencySeconds + 0.2 * q.StepSeconds }).Steady().Utilization <= utilization + 1e-9;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hidden_and_exposed_time_together_are_the_networks()
    {
        StepTiming timing = new LayerQueue { StepSeconds = 1, Layers = 4, LayerSeconds = 0.1, InnerSteps = 1, Fragments = 1 }.Steady();

        timing.ExposedSeconds.ShouldBe(0.1, 1e-12); // all but the first layer's exchange, which is released last
        timing.HiddenSeconds.ShouldBe(0.3, 1e-12);
    }

    [Fact]
    public void A_link_that_carries_nothing_leaves_no_utilization() =>
        new LayerQueue { StepSeconds = 1, Layers = 4, LayerSeconds = double.PositiveInfinity, InnerSteps = 1, Fragments = 1 }.Steady().Utilization.ShouldBe(0);

    [Theory]
    [InlineData(3, 5, 10, 1, "Fragments must be from 1 to the 3 layers (were 5).")]
    [InlineData(3, 1, 2, 2, "Overlap must be at least 0 and below the 2 inner steps (was 2).")]
    public void Numbers_that_contradict_each_other_are_refused(int layers, int fragments, int innerSteps, int overlap, string message) =>
        Should.Throw<InvalidOperationException>(() =>
            new LayerQueue { StepSeconds = 1, Layers = layers, LayerSeconds = 0.1, InnerSteps = innerSteps, Fragments = fragments, Overlap = overlap }.Steady()).Message.ShouldBe(message);

    private static Arbitrary<LayerQueue> Queues() => (
        from layers in Gen.Choose(1, 30)
        from innerSteps in Gen.Choose(1, 30)
        from fragments in Gen.Choose(1, layers)
        from overlap in Gen.Choose(0, Math.Min(innerSteps - 1, 5))
        from load in Gen.Choose(1, 400) // the link's load in hundredths of the computing
        from latency in Gen.Choose(0, 100)
        select new LayerQueue
        {
            StepSeconds = 0.5,
            Layers = layers,
            LayerSeconds = load / 100.0 * 0.5 * innerSteps / layers,
            LatencySeconds = latency / 200.0,
            InnerSteps = innerSteps,
            Fragments = fragments,
            Overlap = overlap,
        }).ToArbitrary();
}

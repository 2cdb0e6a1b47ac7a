using Atoll.Benchmarks.Load;

namespace Atoll.Benchmarks.Tests;

public sealed class ThousandSitesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>That each counts once, in a ledger that verifies and in the model, is what <see cref="LoadRun"/> requires.</summary>
    [Fact]
    public async Task A_thousand_sites_that_send_a_million_parameters_at_once_all_count_once_and_take_the_coordinator_less_than_500_MB()
    {
        using CancellationTokenSource patience = new(Patience);

        LoadOutcome load = await LoadRun.RunAsync(LiveThousand.Sites, LiveThousand.Hidden, patience.Token);

        load.Model.Weights.Length.ShouldBeGreaterThan(1_000_000);
        load.Connections.ShouldBeGreaterThanOrEqualTo(LiveThousand.Sites);
        (load.AboveIdleBytes / 1e6).ShouldBeLessThan(LiveThousand.MostMegabytes);
    }
}

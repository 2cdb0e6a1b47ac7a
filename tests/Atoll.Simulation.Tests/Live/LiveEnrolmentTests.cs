using Atoll.Coordinator.Live;
using Atoll.Experiments.Protocol;
using Atoll.Learning.Data.Schema;

namespace Atoll.Simulation.Tests.Live;

/// <summary>What a site tells of itself when it enrols: the run goes by it, and everybody reads it.</summary>
public sealed class LiveEnrolmentTests : IAsyncLifetime, IDisposable
{
    private readonly LiveLab _lab = new("fedavg: { kind: federated, rounds: 2 }");
    private LiveLab.OpenRun _open = null!;

    private LiveSite Site => _lab.Sites[0];

    public static TheoryData<string> Holes => new("summary", "columns", "levels", "label's levels");

    public async Task InitializeAsync() => _open = await _lab.OpenAsync("live");

    public async Task DisposeAsync() => await _open.DisposeAsync();

    public void Dispose() => _lab.Dispose();

    /// <summary>Strict JSON lets null through in lists and behind keys.</summary>
    [Theory]
    [MemberData(nameof(Holes))]
    public async Task A_summary_with_a_hole_is_refused_and_the_run_comes_to_its_end(string hole)
    {
        Site.BendEnrolment = request => request with { Summaries = request.Summaries.ToDictionary(summary => summary.Key, summary => WithHole(summary.Value, hole)) };

        (await Should.ThrowAsync<RefusedException>(() => Site.JoinAsync(_open.Run))).Message.ShouldContain("nothing in it may be null");

        Site.BendEnrolment = request => request;
        await FinishAsync();
    }

    [Fact]
    public async Task A_program_has_no_endless_name()
    {
        Site.BendEnrolment = request => request with { Client = new string('c', 501) };

        (await Should.ThrowAsync<RefusedException>(() => Site.JoinAsync(_open.Run))).Message.ShouldBe("The name of a client may have at most 500 characters (had 501).");

        Site.BendEnrolment = request => request;
        await FinishAsync();
    }

    private static TableSummary WithHole(TableSummary summary, string hole) => hole switch
    {
        "summary" => null!,
        "columns" => summary with { Columns = [.. summary.Columns, null!] },
        "levels" => summary with { Columns = [.. summary.Columns.Skip(1), summary.Columns[0] with { Levels = ["a", null!] }] },
        _ => summary with { Label = summary.Label with { Levels = [null!] } },
    };

    private async Task FinishAsync()
    {
        foreach (LiveSite site in _lab.Sites)
        {
            await site.JoinAsync(_open.Run);
        }
        await _lab.FinishAsync(_open.Run);
        _open.Run.Status().Phase.ShouldBe(RunPhase.Finished);
    }
}

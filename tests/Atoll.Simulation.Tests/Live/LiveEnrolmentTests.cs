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

    public static TheoryData<string, string> Misfits => new()
    {
        { "lacks a column", "must have the same columns as site" }, { "text for numbers", "must be numbers at every site or text at every site" }, { "another label", "must tell of label 'y', but tells of 'klass'" },
    };

    /// <summary>Else one site's mistake would end the enrolment for all.</summary>
    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task A_site_whose_table_does_not_go_together_with_the_others_is_turned_away_and_may_come_again(string misfit, string reason)
    {
        await _lab.Sites[1].JoinAsync(_open.Run);
        Site.BendEnrolment = request => request with { Summaries = request.Summaries.ToDictionary(summary => summary.Key, summary => Misfitting(summary.Value, misfit)) };

        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => Site.JoinAsync(_open.Run));
        refused.Code.ShouldBe("unfit");
        refused.Message.ShouldContain(reason);
        refused.Message.ShouldEndWith($"{Site.Name} is not enrolled; once its data is right, it can join with the same token.");

        await _open.DisposeAsync();
        _open = await _lab.OpenAsync("live");
        (await Should.ThrowAsync<RefusedException>(() => Site.JoinAsync(_open.Run))).Message.ShouldBe(refused.Message); // those from before a restart count, too
        _open.Run.Status().Phase.ShouldBe(RunPhase.Enrolling);

        Site.BendEnrolment = request => request;
        await FinishAsync();
    }

    public static TheoryData<string> Nonsense => new("another arm", "an arm of nothing", "no labels", "a label of nobody's", "fewer rows than none");

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_preparation_that_makes_no_sense_is_refused_and_the_run_comes_to_its_end(string nonsense)
    {
        foreach (LiveSite site in _lab.Sites)
        {
            await site.JoinAsync(_open.Run);
        }
        PrepareWork work = (await _open.Run.NextWorkAsync(Site.Name, TimeSpan.FromSeconds(30), default)).ShouldBeOfType<PrepareWork>();
        string label = work.Schemas["fedavg"].Classes[0];
        PreparedRows rows = new() { TrainRows = 3, TestRows = 1, Labels = new Dictionary<string, int> { [label] = 4 } };
        PreparationMessage message = new()
        {
            Arms = nonsense switch
            {
                "another arm" => new Dictionary<string, PreparedRows> { ["fedavg"] = rows, ["fedsgd"] = rows },
                "an arm of nothing" => new Dictionary<string, PreparedRows> { ["fedavg"] = null! },
                "no labels" => new Dictionary<string, PreparedRows> { ["fedavg"] = rows with { Labels = null! } },
                "a label of nobody's" => new Dictionary<string, PreparedRows> { ["fedavg"] = rows with { Labels = new Dictionary<string, int> { ["nobody's"] = 4 } } },
                _ => new Dictionary<string, PreparedRows> { ["fedavg"] = rows with { Labels = new Dictionary<string, int> { [label] = -1 } } },
            },
            Signed = null!,
        };

        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => _open.Run.PrepareAsync(Site.Name, message, default));
        (refused.Code, refused.Message[..13]).ShouldBe(("malformed", "A preparation"));

        await FinishAsync();
    }

    [Fact]
    public async Task A_site_that_is_coming_in_when_the_enrolment_closes_is_in_and_the_next_is_not()
    {
        using LiveLab lab = new("fedavg: { kind: federated, rounds: 1 }", top: "live: { enrolment-deadline: 1 s, minimum-sites: 2 }");
        await using LiveLab.OpenRun open = await lab.OpenAsync("late");
        await lab.Sites[0].JoinAsync(open.Run);
        await lab.Sites[1].JoinAsync(open.Run);
        TaskCompletionSource isComing = new(), goOn = new();
        lab.BeforePut = _ =>
        {
            isComing.TrySetResult();
            return goOn.Task;
        };
        Task coming = lab.Sites[2].JoinAsync(open.Run);
        await isComing.Task.WaitAsync(TimeSpan.FromSeconds(30));

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        for (bool isOver = false; !isOver; await Task.Delay(20, patience.Token))
        {
            try
            {
                lab.BeforePut = _ => throw new IOException("not let in");
                await lab.Sites[3].JoinAsync(open.Run);
            }
            catch (Exception e) when (e is IOException or RefusedException)
            {
                isOver = e is RefusedException { Code: "enrolment-over" };
            }
        }
        lab.BeforePut = _ => Task.CompletedTask;
        goOn.SetResult();
        await coming;

        (await open.Run.NextWorkAsync(lab.Sites[2].Name, TimeSpan.FromSeconds(30), default)).ShouldBeOfType<PrepareWork>();
        using System.Text.Json.JsonDocument closed = System.Text.Json.JsonDocument.Parse(File.ReadLines(lab["late", "ledger.jsonl"]).Single(line => line.Contains("\"kind\":\"enrolment-closed\"", StringComparison.Ordinal)));
        closed.RootElement.GetProperty("data").GetProperty("sites").EnumerateArray().Select(site => site.GetString()).ShouldBe(lab.Sites.Take(3).Select(site => site.Name));
    }

    private static TableSummary Misfitting(TableSummary summary, string misfit) => misfit switch
    {
        "lacks a column" => summary with { Columns = [.. summary.Columns.Skip(1)] },
        "text for numbers" => summary with { Columns = [.. summary.Columns.Skip(1), summary.Columns[0] with { IsNumeric = false, Levels = ["1,5"] }] },
        _ => summary with { Label = summary.Label with { Name = "klass" } },
    };

    private static TableSummary WithHole(TableSummary summary, string hole) => hole switch
    {
        "summary" => null!,
        "columns" => summary with { Columns = [.. summary.Columns, null!] },
        "levels" => summary with { Columns = [.. summary.Columns.Skip(1), summary.Columns[0] with { Levels = ["a", null!] }] },
        _ => summary with { Label = summary.Label with { Levels = [null!] } },
    };

    private async Task FinishAsync()
    {
        foreach (LiveSite site in _lab.Sites.Where(site => _open.Run.KeyOf(site.Name) is null))
        {
            await site.JoinAsync(_open.Run);
        }
        await _lab.FinishAsync(_open.Run);
        _open.Run.Status().Phase.ShouldBe(RunPhase.Finished);
    }
}

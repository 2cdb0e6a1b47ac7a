using Atoll.Cli.Serving;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;

namespace Atoll.Cli.Tests.Serving;

public sealed class RunNewsTests
{
    [Fact]
    public void The_first_look_sums_up_what_was_done_before() =>
        RunNews.Between(null, Status(SiteActivity.Online, rounds: 2)).ShouldBe(["berlin joined", "fedavg: 2 of 5 rounds done before", "Training."]);

    [Fact]
    public void Rounds_are_told_with_their_metrics_as_they_end() =>
        RunNews.Between(Status(SiteActivity.Training, rounds: 1), Status(SiteActivity.Training, rounds: 3)).ShouldBe(
        [
            "fedavg round 2 of 5  2.00 s  accuracy 50.0 %", "fedavg round 3 of 5  2.00 s  accuracy 50.0 %",
        ]);

    [Fact]
    public void What_sites_find_later_is_told_when_they_have_found_it()
    {
        RunStatus after = Status(SiteActivity.Training, rounds: 2);
        RunStatus before = after with { Arms = [after.Arms[0] with { Results = [after.Arms[0].Results[0], after.Arms[0].Results[1] with { Metrics = new Dictionary<string, double?>() }] }] };
        RunNews.Between(before, after).ShouldBe(["fedavg after round 2  accuracy 50.0 %"]);
    }

    [Fact]
    public void A_site_is_lost_and_comes_back()
    {
        RunNews.Between(Status(SiteActivity.Training), Status(SiteActivity.Lost)).ShouldBe(["berlin is lost"]);
        RunNews.Between(Status(SiteActivity.Lost), Status(SiteActivity.Online)).ShouldBe(["berlin is back"]);
        RunNews.Between(Status(SiteActivity.Online), Status(SiteActivity.Training)).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_refused_is_told_once_with_the_reason()
    {
        RunStatus before = Status(SiteActivity.Online), after = before with { Rejected = 1, Rejections = [new() { Time = DateTimeOffset.UnixEpoch, Reason = "wrong-token: no." }] };
        RunNews.Between(before, after).ShouldBe(["refused, from a stranger: wrong-token: no."]);
        RunNews.Between(after, after).ShouldBeEmpty();
    }

    private static RunStatus Status(SiteActivity activity, int rounds = 0) => new()
    {
        Run = "trial", Name = "trial", Seed = 1, Phase = RunPhase.Training, Reason = "Training.", Started = DateTimeOffset.UnixEpoch, Now = DateTimeOffset.UnixEpoch, Arms =
        [
            new()
            {
                Name = "fedavg", Completed = rounds, Rounds = 5, Parameters = 10, BytesUp = 0, BytesDown = 0, Updates = 0, Asked = 1,
                Results = [.. Enumerable.Range(1, rounds).Select(round => new RoundResult { Round = round, Metrics = new Dictionary<string, double?> { ["accuracy"] = 0.5 }, Bytes = 1, Seconds = 2 })],
            },
        ],
        Sites = [new() { Name = "berlin", Activity = activity, Updates = 0, Rejected = 0, EnergyJoules = 0 }],
        Rejections = [], Rejected = 0, Ledger = new() { Size = 1, Fingerprint = "sha256:00" },
    };
}

using System.CommandLine;
using System.Text.Json;
using Atoll.Cli.Joining;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Tests.Joining;

/// <summary><c>atoll join</c> against a coordinator that is one.</summary>
public sealed class JoinCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("fedavg", "  fedavg: { kind: federated, rounds: 3 }")]
    [InlineData("scaffold", "  scaffold: { kind: federated, rounds: 3, local-objective: { kind: scaffold } }")]
    public async Task Three_sites_end_in_the_bytes_of_the_simulation(string arm, string arms)
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, arms);

        (int Code, string Said)[] sites = await Task.WhenAll(served.Tokens.Values.Select(token => Join(token.ToString(), "--data", _shell.At($"{token.Site}.csv"), "--state", _shell.At($"state-{token.Site}"), "--yes")));
        await served.Run.Ended.WaitAsync(TimeSpan.FromMinutes(1));

        sites.ShouldAllBe(site => site.Code == ExitCode.Success, string.Join('\n', sites.Select(site => site.Said)));
        (await _shell.Run("run", _shell.At("e.yaml"), "--out", _shell.At("simulated"))).ShouldBe(ExitCode.Success, _shell.Error);
        File.ReadAllBytes(Path.Combine(served.Folder, "models", $"{arm}.safetensors")).ShouldBe(File.ReadAllBytes(_shell.At("simulated", "models", $"{arm}.safetensors")));
        (await _shell.Run("ledger", "verify", served.Folder, "--head", _shell.At("state-a", "heads", "small-1.head.json"))).ShouldBe(ExitCode.Success, _shell.Output + _shell.Error);
    }

    [Fact]
    public async Task On_no_nothing_is_sent_or_kept_and_the_token_is_as_good_as_before()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");
        using StringWriter output = new(), error = new();
        JoinSession session = new(new() { What = served.Tokens["a"].ToString(), Data = [_shell.At("a.csv")], State = _shell.At("state-a") }, new InvocationConfiguration { Output = output, Error = error }, _ => false);

        (await session.RunAsync(CancellationToken.None)).ShouldBe(ExitCode.Declined);

        output.ToString().ShouldContain("Will leave this machine:");
        served.Run.KeyOf("a").ShouldBeNull();
        Directory.Exists(_shell.At("state-a")).ShouldBeFalse();
        (await Join(served.Tokens["a"].ToString(), "--data", _shell.At("a.csv"), "--dry-run")).Code.ShouldBe(ExitCode.Success);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_leave_and_joins_nothing()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");

        (int code, string said) = await Join(served.Tokens["a"].ToString(), "--data", _shell.At("a.csv"), "--state", _shell.At("state-a"), "--grid", "DE", "--dry-run");

        code.ShouldBe(ExitCode.Success, said);
        said.ShouldContain("kind (no, yes)");
        said.ShouldContain("grid DE");
        said.ReplaceLineEndings(" ").ShouldContain("the token is as good as before");
        served.Run.KeyOf("a").ShouldBeNull();
        Directory.Exists(_shell.At("state-a")).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_yes_must_be_said_beforehand()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");
        using StringWriter output = new(), error = new();
        JoinSession session = new(new() { What = served.Tokens["a"].ToString(), Data = [_shell.At("a.csv")], State = _shell.At("state-a") }, new InvocationConfiguration { Output = output, Error = error }, _ => null);

        (await Should.ThrowAsync<CommandException>(() => session.RunAsync(CancellationToken.None))).ExitCode.ShouldBe(ExitCode.Usage);

        served.Run.KeyOf("a").ShouldBeNull();
    }

    [Fact]
    public async Task Data_that_does_not_fit_is_refused_before_anything_is_asked()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");
        string odd = _shell.Write("odd.csv", "x,y,kind\n1,2,no\n3,four,yes\n5,6,yes\n");

        (int code, string said) = await Join(served.Tokens["a"].ToString(), "--data", odd, "--state", _shell.At("state-a"), "--yes");

        code.ShouldBe(ExitCode.BadInput);
        said.ShouldStartWith("atoll: odd.csv:3: 'y' must be a number");
        served.Run.KeyOf("a").ShouldBeNull();
    }

    [Fact]
    public async Task What_does_not_go_together_with_the_sites_that_are_in_is_said_before_joining()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");
        using CancellationTokenSource enough = new();
        Task<int> first = new JoinSession(Choices("b") with { Yes = true }, new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null }).RunAsync(enough.Token);
        while (served.Run.KeyOf("b") is null)
        {
            first.IsCompleted.ShouldBeFalse();
            await Task.Delay(20);
        }

        (int code, string said) = await Join(served.Tokens["a"].ToString(), "--data", _shell.Write("odd.csv", "x,z,kind\n1,2,no\n3,4,yes\n5,6,yes\n"), "--dry-run");
        code.ShouldBe(ExitCode.BadInput);
        said.ShouldStartWith("atoll: Arm fedavg: Site 'a' must have the same columns as site 'b', but lacks 'y'.");
        (code, said) = await Join(served.Tokens["a"].ToString(), "--data", _shell.Write("shouting.csv", "x,y,kind\n1,2,No\n3,4,YES\n5,6,YES\n"), "--dry-run");
        code.ShouldBe(ExitCode.Success, said);
        said.ReplaceLineEndings(" ").ShouldContain("Careful: 'kind' is written otherwise than at the sites that are in: 'No' here and 'no' there, 'YES' here and 'yes' there.");
        served.Run.KeyOf("a").ShouldBeNull();

        await enough.CancelAsync();
        (await Should.ThrowAsync<CommandException>(() => first)).ExitCode.ShouldBe(ExitCode.Interrupted);

        JoinChoices Choices(string site) => new() { What = served.Tokens[site].ToString(), Data = [_shell.At($"{site}.csv")], State = _shell.At($"state-{site}") };
    }

    [Theory]
    [InlineData("Cleveland", "atoll-site-Cleveland-hospitals-1")]
    [InlineData("Long Beach", "atoll-site-Long-Beach-hospitals-1")]
    [InlineData("../etc", "atoll-site-etc-hospitals-1")]
    [InlineData("..", "atoll-site-site-hospitals-1")]
    [InlineData("Zürich", "atoll-site-Zürich-hospitals-1")]
    public void A_site_has_a_folder_whatever_its_name(string site, string folder) =>
        JoinSession.DefaultState(new() { Url = new("https://127.0.0.1:1"), Run = "hospitals-1", Site = site, Secret = "x", Authority = default, Expires = DateTimeOffset.MaxValue }).ShouldBe(folder);

    [Fact]
    public async Task What_was_declared_may_be_said_again_and_nothing_else()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");
        string[] site = ["--state", _shell.At("state-a"), "--grid", "DE", "--pue", "1.3"];
        Task<(int Code, string Said)>[] all = [.. new[] { "b", "c" }.Select(other => Join(served.Tokens[other].ToString(), "--data", _shell.At($"{other}.csv"), "--state", _shell.At($"state-{other}"), "--yes")),
            Join([served.Tokens["a"].ToString(), "--data", _shell.At("a.csv"), "--yes", .. site])];
        (await Task.WhenAll(all)).ShouldAllBe(one => one.Code == ExitCode.Success);

        (int code, string said) = await Join(["--token-file", _shell.Write("emptied", ""), "--data", _shell.At("a.csv"), "--yes", .. site]);
        code.ShouldBe(ExitCode.Success, said);
        (code, said) = await Join("--state", _shell.At("state-a"), "--grid", "FR", "--pue", "1.3");
        code.ShouldBe(ExitCode.Usage);
        said.ShouldContain("a declared --grid DE --pue 1.3");
    }

    [Fact]
    public async Task A_token_of_another_site_is_refused_with_the_coordinators_words()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");
        JoinToken forged = served.Tokens["a"] with { Secret = "bm90IHRoZSBzZWNyZXQ" };

        (int code, string said) = await Join(forged.ToString(), "--data", _shell.At("a.csv"), "--yes");

        code.ShouldBe(ExitCode.Refused);
        said.ShouldContain("A token must be one that this run gave out");
    }

    [Theory]
    [InlineData("no-token", "A token must begin with atoll1_")]
    [InlineData("atoll1_eyJ1cmwi", "this one is cut off or changed")]
    [InlineData("atoll1_eyJ1cmwiO", "this one is cut off or changed")]
    [InlineData("atoll1_eyJ1cmwiOiJ", "this one is cut off or changed")]
    public async Task What_is_no_token_is_said_to_be_none(string token, string words)
    {
        (int code, string said) = await Join(token, "--data", "a.csv");

        code.ShouldBe(ExitCode.Usage);
        said.ShouldContain(words);
    }

    [Fact]
    public async Task Names_are_checked_against_the_catalogs()
    {
        JoinToken token = new() { Url = new("https://127.0.0.1:1"), Run = "r", Site = "s", Secret = "x", Authority = default, Expires = DateTimeOffset.UtcNow.AddHours(1) };

        (int code, string said) = await Join(token.ToString(), "--data", "a.csv", "--hardware", "h10");

        code.ShouldBe(ExitCode.BadInput);
        said.ShouldContain("There is no hardware 'h10' in the catalog");
    }

    [Fact]
    public async Task Events_are_json_where_that_is_asked_for()
    {
        await using ServedExperiment served = await ServedExperiment.StartAsync(_shell, "  fedavg: { kind: federated, rounds: 1 }");
        Task<(int Code, string Said)>[] others = [.. new[] { "b", "c" }.Select(site => Join(served.Tokens[site].ToString(), "--data", _shell.At($"{site}.csv"), "--state", _shell.At($"state-{site}"), "--yes"))];

        int code = await _shell.Run("join", served.Tokens["a"].ToString(), "--data", _shell.At("a.csv"), "--state", _shell.At("state-a"), "--yes", "--json");

        await Task.WhenAll(others);
        code.ShouldBe(ExitCode.Success, _shell.Error);
        string[] kinds = [.. _shell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()!).Where(kind => kind != "waiting")];
        kinds.ShouldBe(["enrolled", "prepared", "training", "trained", "counted", "evaluated", "ended"]);
    }

    private async Task<(int Code, string Said)> Join(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = await CommandLine.RunAsync(["join", .. args], output, error);
        return (code, output.ToString() + error);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Tests.Serving;

/// <summary><c>atoll serve</c>, stopped before any site comes.</summary>
public sealed partial class ServeCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    public ServeCommandTests()
    {
        _shell.Write("rows.csv", Samples.Csv);
        _shell.Write("experiment.yaml", Samples.Experiment());
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_coordinator_prints_a_line_for_each_site_and_goes_on_where_it_was_stopped()
    {
        int port = FreePort();
        (int code, string output, string error) = await ServeAsync(_shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{port}");

        code.ShouldBe(ExitCode.Interrupted, error);
        JoinToken[] tokens = [.. TokenLine().Matches(output).Select(line => JoinToken.Parse(line.Groups["token"].Value))];
        tokens.Select(token => token.Site).ShouldBe(["a", "b", "c"]);
        tokens.ShouldAllBe(token => token.Url == new Uri($"https://127.0.0.1:{port}"));
        output.ShouldContain("operator   ");
        error.ShouldContain("--out");
        File.Exists(_shell.At("run", "ledger.jsonl")).ShouldBeTrue();

        (_, string again, _) = await ServeAsync(_shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{port}");
        JoinToken[] renewed = [.. TokenLine().Matches(again).Select(line => JoinToken.Parse(line.Groups["token"].Value))];
        renewed.Select(token => (token.Run, token.Authority)).Distinct().ShouldBe([(tokens[0].Run, tokens[0].Authority)]);
        again.ShouldNotContain("operator   ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_whose_ledger_is_gone_is_not_begun_anew_under_the_same_key(bool isEmptied)
    {
        int port = FreePort();
        await ServeAsync(_shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{port}");
        if (isEmptied)
        {
            _shell.Write("run/ledger.jsonl", "");
        }
        else
        {
            File.Delete(_shell.At("run", "ledger.jsonl"));
        }

        (int code, _, string error) = await ServeAsync(_shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{port}");

        code.ShouldBe(ExitCode.DoesNotVerify, error);
        error.ShouldContain(isEmptied ? "is empty" : "is not there");
        new FileInfo(_shell.At("run", "ledger.jsonl")).Exists.ShouldBe(isEmptied);
    }

    [Fact]
    public async Task Sites_are_those_that_the_file_describes_where_the_data_is_elsewhere()
    {
        File.Delete(_shell.At("rows.csv"));
        _shell.Write("experiment.yaml", Samples.Experiment() + "\nsites:\n  default: { pue: 1.2 }\n  north: { pue: 1.1 }\n  south: { pue: 1.3 }\n");
        (_, string output, string error) = await ServeAsync(_shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{FreePort()}");
        TokenLine().Matches(output).Select(line => JoinToken.Parse(line.Groups["token"].Value).Site).ShouldBe(["north", "south"], error);
    }

    [Fact]
    public async Task Nobody_knows_the_sites()
    {
        File.Delete(_shell.At("rows.csv"));
        (await _shell.Run("serve", _shell.Folder, "--out", _shell.At("run"))).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("Name them with --sites a,b,c.");
    }

    [Theory]
    [InlineData("  alone: { kind: local, epochs: 3 }", "federated arm")]
    [InlineData("  fedavg: { kind: federated, rounds: 3, data: { standardize: pooled } }", "standardize")]
    public async Task An_experiment_that_cannot_be_live_is_refused_with_the_reason(string arms, string reason)
    {
        _shell.Write("experiment.yaml", Samples.Experiment(arms));
        (await _shell.Run("serve", _shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{FreePort()}")).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain(reason);
        Directory.Exists(_shell.At("run")).ShouldBeFalse("nothing began");
    }

    [Fact]
    public async Task A_folder_goes_on_with_its_own_experiment_alone()
    {
        await ServeAsync(_shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{FreePort()}");
        (await _shell.Run("serve", _shell.Folder, "--out", _shell.At("run"), "--seed", "5")).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("a run of another experiment");
        (await _shell.Run("serve", _shell.Folder, "--out", _shell.At("run"), "--sites", "x,y")).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("--sites must be those that the run");
    }

    [Fact]
    public async Task All_addresses_need_a_name()
    {
        (await _shell.Run("serve", _shell.Folder, "--out", _shell.At("run"), "--listen", "0.0.0.0:8443")).ShouldBe(ExitCode.Usage);
        _shell.Error.ShouldContain("--url must say how sites reach this coordinator");
        Directory.Exists(_shell.At("run")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_taken_port_is_said()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        (await _shell.Run("serve", _shell.Folder, "--out", _shell.At("run"), "--listen", taken.LocalEndpoint.ToString()!)).ShouldBe(ExitCode.Failure);
        _shell.Error.ShouldContain("cannot be listened on");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_said_and_no_run_is_left_behind()
    {
        (await _shell.Run("serve", _shell.Folder, "--out", _shell.At("run"), "--listen", "203.0.113.9:9330")).ShouldBe(ExitCode.Failure); // TEST-NET-3, RFC 5737
        _shell.Error.ShouldStartWith("atoll: --listen 203.0.113.9:9330 cannot be listened on: ");
        Directory.Exists(_shell.At("run")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_last_line_that_was_not_written_whole_is_cut_off_and_said()
    {
        string[] serve = [_shell.Folder, "--out", _shell.At("run"), "--listen", $"127.0.0.1:{FreePort()}"];
        await ServeAsync(serve);
        File.AppendAllText(_shell.At("run", "ledger.jsonl"), "{\"half");

        (int code, string output, string error) = await ServeAsync(serve);

        code.ShouldBe(ExitCode.Interrupted, error);
        output.ReplaceLineEndings(" ").ShouldContain("was not written whole (6 bytes, never acknowledged); it was cut off after entry");
        File.ReadAllText(_shell.At("run", "ledger.jsonl")).ShouldNotContain("half");
    }

    [Theory]
    [InlineData("--listen", "8443", "an address and a port")]
    [InlineData("--log", "loud", "--log must be Trace, Debug, Information, Warning, Error, Critical or None (was 'loud').")]
    [InlineData("--url", "http://host:8443", "like https://host:8443")]
    [InlineData("--token-lifetime", "soon", "from a minute to a year")]
    [InlineData("--sites", "LONG", "a site's name must have 1 to 200 characters")]
    [InlineData("--store", "mysql://me:hunter2@host", "like postgres://")]
    public async Task An_option_says_what_it_must_be(string option, string value, string rule)
    {
        (await _shell.Run("serve", _shell.Folder, option, value == "LONG" ? $"a,b,{new string('c', 201)}" : value)).ShouldBe(ExitCode.Usage);
        _shell.Error.ShouldContain(rule);
        _shell.Error.ShouldNotContain("hunter2");
    }

    /// <summary>Serves until the lines to join with are printed, and then presses Ctrl-C.</summary>
    private static async Task<(int Code, string Output, string Error)> ServeAsync(params string[] args)
    {
        using CancellationTokenSource stop = new(TimeSpan.FromMinutes(2));
        using Watched output = new(stop.Cancel);
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(["serve", .. args], output, error, stop.Token);
        return (code, output.ToString(), error.ToString());
    }

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    [GeneratedRegex("^atoll join (?<token>atoll1_[A-Za-z0-9_-]+) --data FILE\r?$", RegexOptions.Multiline)]
    private static partial Regex TokenLine();

    /// <summary>Tells when the first news comes: a line that begins with the time.</summary>
    private sealed class Watched(Action news) : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value is { Length: > 8 } && value[2] == ':' && value[5] == ':')
            {
                news();
            }
        }
    }
}

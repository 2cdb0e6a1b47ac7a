namespace Atoll.Cli.Tests.Live;

/// <summary>What a coordinator exports while it serves a run, taken by a collector that speaks OTLP over HTTP.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly Terminals _terminals = new();

    public void Dispose() => _terminals.Dispose();

    [Fact]
    public async Task Metrics_and_traces_of_a_run_reach_a_collector_and_no_secret_does()
    {
        Shell shell = _terminals.Shell;
        shell.Write("rows.csv", Samples.Csv);
        shell.Write("experiment.yaml", Samples.Experiment("  fedavg: { kind: federated, rounds: 3 }"));
        (await shell.Run("data", "partition", shell.Folder, "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);
        await using Collector collector = await Collector.StartAsync();
        _terminals.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        _terminals.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        Terminal coordinator = _terminals.Serve();
        Dictionary<string, string> tokens = await Terminals.TokensAsync(coordinator, sites: 3);
        foreach (Terminal site in tokens.Select(site => _terminals.Join(site.Value, site.Key)).ToArray())
        {
            await site.EndAsync(ExitCode.Success);
        }
        await coordinator.EndAsync(ExitCode.Success);

        string metrics = collector.Received("/v1/metrics"), traces = collector.Received("/v1/traces");
        foreach (string name in (string[])["atoll-coordinator", "atoll.rounds", "atoll.sites", "atoll.updates", "atoll.upload.bytes", "atoll.upload.duration", "atoll.round.duration", "atoll.work.waiting", "atoll.ledger.entries", "atoll.rejections"])
        {
            metrics.ShouldContain(name);
        }
        traces.ShouldContain("atoll.site");
        tokens.Values.Select(token => Experiments.Protocol.JoinToken.Parse(token).Secret).ShouldAllBe(secret => !metrics.Contains(secret) && !traces.Contains(secret));
    }
}

using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Atoll.Coordinator.Hosting;
using Atoll.Coordinator.Hosting.Endpoints;
using Atoll.Coordinator.Hosting.Telemetry;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Tests.Hosting;

/// <summary>What everybody may see, and how long a site may wait.</summary>
public sealed class WatchingTests
{
    [Fact]
    public async Task Status_and_ledger_are_open_to_all()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient stranger = served.Client();

        (await stranger.GetFromJsonAsync(ProtocolPath.Status, ProtocolJson.Default.RunStatus))!.Phase.ShouldBe(RunPhase.Training);
        (await stranger.GetStringAsync(ProtocolPath.Ledger)).ShouldBe("{\"index\":0}\n{\"index\":1}\n");
        (await stranger.GetStringAsync(ProtocolPath.Ledger + "?from=1")).ShouldBe("{\"index\":1}\n");
        (await stranger.GetStringAsync("/health")).ShouldBe("alive\n");
        (await stranger.GetStringAsync("/ready")).ShouldBe("training\n");
        await ServedRun.RefusedAsync(await stranger.GetAsync(ProtocolPath.Head + "?from=9"), HttpStatusCode.NotFound, "unknown-head");
        await ServedRun.RefusedAsync(await stranger.GetAsync(ProtocolPath.Ledger + "?from=-1"), HttpStatusCode.BadRequest, "malformed");
        await ServedRun.RefusedAsync(await stranger.GetAsync("/nothing"), HttpStatusCode.NotFound, "not-found");
        await ServedRun.RefusedAsync(await stranger.DeleteAsync(ProtocolPath.Status), HttpStatusCode.MethodNotAllowed, "wrong-method");
    }

    [Fact]
    public async Task Events_go_on_where_a_viewer_stopped()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpRequestMessage request = new(HttpMethod.Get, ProtocolPath.Events) { Version = HttpVersion.Version20 };
        request.Headers.Add("Last-Event-ID", "0");
        using HttpResponseMessage response = await served.Client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));

        (await EventAsync(reader, "entry", patience.Token)).ShouldBe(["id: 1", "data: {\"index\":1}"]);
        (await EventAsync(reader, "status", patience.Token))[0].ShouldStartWith("data: {\"run\":\"trial\"");
        served.Run.AddLine("{\"index\":2}");
        (await EventAsync(reader, "entry", patience.Token)).ShouldBe(["id: 2", "data: {\"index\":2}"]);
    }

    [Fact]
    public async Task There_are_so_many_viewers_and_no_more()
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { Watchers = 1 });
        using HttpResponseMessage first = await served.Client().GetAsync(ProtocolPath.Events, HttpCompletionOption.ResponseHeadersRead);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await ServedRun.RefusedAsync(await served.Client().GetAsync(ProtocolPath.Events), HttpStatusCode.TooManyRequests, "too-many-watchers");
    }

    [Theory]
    [InlineData(1_000, 250)]
    [InlineData(250_000, 250)]
    [InlineData(1_500_000, 1_500)]
    public void A_large_status_is_shown_less_often(int bytes, int milliseconds) => EventStream.Pause(bytes).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public async Task The_page_and_its_files_go_out_under_the_policy_that_they_work_under()
    {
        await using ServedRun served = await ServedRun.StartAsync(page: path => path switch
        {
            "" => new(Encoding.UTF8.GetBytes("<html><script src=\"/assets/a.js\"></script></html>"), "text/html; charset=utf-8"),
            "assets/a.js" => new("let b;"u8.ToArray(), "text/javascript"),
            _ => null,
        });
        using HttpResponseMessage page = await served.Client().GetAsync("/");
        page.Headers.GetValues("Content-Security-Policy").ShouldBe([ServedRun.PagePolicy]);
        page.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        page.Headers.Contains("Server").ShouldBeFalse();

        (await served.Client().GetStringAsync("/assets/a.js")).ShouldBe("let b;");
        (await served.Client().GetAsync("/assets/b.js")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("61")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_wait_has_its_bounds(string wait)
    {
        await using ServedRun served = await ServedRun.StartAsync();
        await ServedRun.RefusedAsync(await (await served.JoinAsync("north")).GetAsync($"{ProtocolPath.Work}?wait={wait}"), HttpStatusCode.BadRequest, "malformed");
    }

    [Fact]
    public async Task A_site_that_waits_is_let_go_when_the_host_stops()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        using ManualResetEventSlim waits = new();
        using MeterListener listener = new() { InstrumentPublished = (instrument, on) => { if (instrument.Name == "atoll.work.waiting") { on.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => { if (value > 0) { waits.Set(); } });
        listener.Start();
        Task<HttpResponseMessage> waiting = site.GetAsync(ProtocolPath.Work + "?wait=60");
        await Task.Run(() => waits.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue());

        await served.Host.DisposeAsync();

        await ServedRun.RefusedAsync(await waiting, HttpStatusCode.ServiceUnavailable, "stopping");
    }

    [Fact]
    public async Task The_host_knows_who_was_told_of_the_end()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        Task told = served.Host.AllToldAsync(["north"], patience.Token);
        served.Run.Works.Enqueue(new EndWork { Finished = true, Reason = "Done.", Models = new Dictionary<string, Digest> { ["fedavg"] = Digest.Of(FakeRun.Model) } });

        told.IsCompleted.ShouldBeFalse();
        (await site.GetFromJsonAsync(ProtocolPath.Work, ProtocolJson.Default.Work)).ShouldBeOfType<EndWork>().Models["fedavg"].ShouldBe(Digest.Of(FakeRun.Model));
        await told;
    }

    [Fact]
    public async Task Rounds_bytes_and_refusals_are_metered()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        Dictionary<string, double> sums = [];
        using MeterListener listener = new() { InstrumentPublished = (instrument, on) => { if (instrument.Meter.Name == HostMetrics.Name) { on.EnableMeasurementEvents(instrument); } } };
        void Add(Instrument instrument, double value)
        {
            lock (sums)
            {
                sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
            }
        }
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
        listener.Start();
        HttpClient site = await served.JoinAsync("north");
        byte[] body = new byte[5000];
        await site.PutAsync($"{ProtocolPath.Uploads}/{Digest.Of(body)}", new ByteArrayContent(body));
        await site.PostAsJsonAsync(ProtocolPath.Updates, ServedRun.Update(body), ProtocolJson.Default.UpdateMessage);
        await served.Client().GetAsync(ProtocolPath.Run);
        listener.RecordObservableInstruments();

        // Other hosts of the tests that run beside this one are metered by the same names.
        sums["atoll.upload.bytes"].ShouldBeGreaterThanOrEqualTo(5000);
        sums["atoll.updates"].ShouldBeGreaterThanOrEqualTo(1);
        sums["atoll.refusals"].ShouldBeGreaterThanOrEqualTo(1);
        sums["atoll.rounds"].ShouldBeGreaterThanOrEqualTo(3);
        new[] { "atoll.round.updates", "atoll.arm.bytes", "atoll.sites", "atoll.ledger.entries", "atoll.update.duration", "atoll.upload.duration" }.ShouldBeSubsetOf(sums.Keys);
    }

    [Fact]
    public async Task The_OpenAPI_document_is_current()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        using HttpResponseMessage response = await served.Client().GetAsync(ProtocolDescription.Path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, served.Log.Text);
        string document = (await response.Content.ReadAsStringAsync()).ReplaceLineEndings("\n") + "\n";
        string kept = Path.Combine(Root(), "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("ATOLL_WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(kept, document);
        }
        (await File.ReadAllTextAsync(kept)).ShouldBe(document, "ATOLL_WRITE_OPENAPI=1 writes docs/openapi.json anew.");
        foreach (string path in typeof(ProtocolPath).GetFields().Select(field => (string)field.GetValue(null)!))
        {
            document.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"\"{path}"));
        }
    }

    private static async Task<string[]> EventAsync(StreamReader reader, string name, CancellationToken cancellation)
    {
        while (true)
        {
            List<string> lines = [];
            while (await reader.ReadLineAsync(cancellation) is { Length: > 0 } line)
            {
                lines.Add(line);
            }
            if (lines[0] == $"event: {name}")
            {
                return [.. lines.Skip(1)];
            }
        }
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atoll.slnx")))
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Atoll.slnx.");
    }
}

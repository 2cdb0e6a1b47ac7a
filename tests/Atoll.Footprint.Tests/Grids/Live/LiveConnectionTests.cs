using Atoll.Footprint.Grids.Live;
using static Atoll.Footprint.Tests.Grids.Live.LiveBench;

namespace Atoll.Footprint.Tests.Grids.Live;

/// <summary>Services that are down, slow, busy, elsewhere or lying, over real sockets.</summary>
public sealed class LiveConnectionTests
{
    [Fact]
    public async Task A_failure_that_passes_is_waited_out_with_growing_waits()
    {
        int asked = 0;
        using LiveBench bench = new(_ => ++asked < 4 ? new("busy", 503) { Type = "text/plain" } : new(Maps_()));
        (await bench.Maps.LatestAsync("DE")).Intensity.Value.ShouldBe(302);
        TimeSpan[] waits = [.. bench.Time.Waits.Where(w => w != new LiveLimits().Timeout)];
        waits.Length.ShouldBe(3);
        for (int i = 0; i < 3; i++)
        {
            waits[i].TotalSeconds.ShouldBeInRange(0.25 * (1 << i), 0.75 * (1 << i)); // 0.5 s doubling, half to one and a half of it
        }
    }

    [Fact]
    public async Task A_service_that_keeps_failing_is_given_up_after_as_many_attempts_as_allowed()
    {
        using LiveBench bench = new(_ => new("""{"message":"database on fire"}""", 500));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        (e.Fault, bench.Service.Requests.Count).ShouldBe((LiveFault.Down, 4));
        e.Message.ShouldBe("Electricity Maps has failed (HTTP 500: \"database on fire\") (4 attempts).");
    }

    [Fact]
    public async Task A_wait_that_the_service_asks_for_is_kept()
    {
        int asked = 0;
        using LiveBench bench = new(_ => ++asked == 1 ? new("""{"error":"Too many requests"}""", 429, "Retry-After: 7\r\n") : new(Maps_()));
        (await bench.Maps.LatestAsync("DE")).Intensity.Value.ShouldBe(302);
        bench.Time.Waits.ShouldContain(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_wait_until_a_date_is_kept_too()
    {
        int asked = 0;
        using LiveBench bench = new(_ => ++asked == 1 ? new("", 429, $"Retry-After: {Noon.AddSeconds(11):R}\r\n") : new(Maps_()));
        await bench.Maps.LatestAsync("DE");
        bench.Time.Waits.ShouldContain(TimeSpan.FromSeconds(11));
    }

    [Fact]
    public async Task A_longer_wait_than_there_is_patience_for_is_an_error_at_once()
    {
        using LiveBench bench = new(_ => new("""{"error":"Too many requests"}""", 429, "Retry-After: 3600\r\n"));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        (e.Fault, bench.Service.Requests.Count).ShouldBe((LiveFault.RateLimited, 1));
        e.Message.ShouldBe("Electricity Maps asks for fewer requests (HTTP 429: \"Too many requests\"). It asks to wait for 1 h.");
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_not_waited_for_forever()
    {
        using LiveBench bench = new(_ => new(Maps_()) { After = TimeSpan.FromMinutes(1) }, new() { Attempts = 2 });
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        e.Fault.ShouldBe(LiveFault.Slow);
        e.Message.ShouldBe("Electricity Maps did not answer within 10 s (2 attempts).");
    }

    [Fact]
    public async Task Whoever_cancels_is_not_told_that_the_service_is_slow()
    {
        using LiveBench bench = new(_ => new(Maps_()) { After = TimeSpan.FromMinutes(1) }, new() { Timeout = TimeSpan.FromHours(1) });
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(() => bench.Maps.LatestAsync("DE", cancel.Token));
    }

    [Fact]
    public async Task An_address_where_nothing_listens_is_down()
    {
        using LiveBench bench = new(_ => new(""));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => new ElectricityMapsClient(bench.Connection, "key", LocalService.Nowhere()).LatestAsync("DE"));
        e.Fault.ShouldBe(LiveFault.Down);
        e.Message.ShouldStartWith("Electricity Maps cannot be reached at 127.0.0.1: ");
    }

    [Theory]
    [InlineData(401, "{\"error\":\"Invalid auth-token\"}", LiveFault.KeyRefused)]
    [InlineData(403, "{\"message\":\"Zone not in your plan\"}", LiveFault.KeyRefused)]
    [InlineData(404, "{\"error\":\"No data for zone XX\"}", LiveFault.Refused)]
    [InlineData(204, "", LiveFault.Refused)]
    public async Task What_will_not_pass_is_not_asked_again(int status, string body, LiveFault fault)
    {
        using LiveBench bench = new(_ => new(body, status));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        (e.Fault, bench.Service.Requests.Count).ShouldBe((fault, 1));
        e.ToString().ShouldNotContain("secret-key");
    }

    [Theory]
    [InlineData("<!doctype html><title>Sign in</title>", "must answer with JSON, but answered with a web page: \"<!doctype html>")]
    [InlineData("{\"zone\":\"DE\",\"carbonInt", "must answer with whole JSON")]
    [InlineData("", "must answer with whole JSON")]
    [InlineData("302", "must have a field 'zone'")]
    public async Task What_is_no_json_is_said_to_be_none(string body, string says)
    {
        using LiveBench bench = new(_ => new(body));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        e.Fault.ShouldBe(LiveFault.NotUnderstood);
        e.Message.ShouldContain(says);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        int asked = 0;
        using LiveBench bench = new(_ => ++asked == 1 ? new("{\"zone\":\"DE\"") { Withheld = 100 } : new(Maps_()));
        (await bench.Maps.LatestAsync("DE")).Intensity.Value.ShouldBe(302);
    }

    [Theory]
    [InlineData("{\"zone\":\"\\ud800\",\"carbonIntensity\":302}", 200, "", "whole Unicode")]
    [InlineData("{\"error\":\"\\udc00 broke\"}", 500, "", "has failed (HTTP 500")]
    [InlineData("no gzip", 200, "Content-Encoding: gzip\r\n", "must compress its answer as it says")]
    [InlineData("no brotli", 200, "Content-Encoding: br\r\n", "must compress its answer as it says")]
    public async Task Text_and_compression_that_are_none_are_said_to_be(string body, int status, string headers, string says)
    {
        using LiveBench bench = new(_ => new(body, status, headers));
        (await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"))).Message.ShouldContain(says);
    }

    [Fact]
    public async Task A_token_that_would_begin_another_header_is_refused_and_not_shown()
    {
        using LiveBench bench = new(_ => new("""{"token":"a\r\nX-Other: secret"}"""));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Watt.LatestAsync("CAISO_NORTH"));
        e.Fault.ShouldBe(LiveFault.NotUnderstood);
        e.Message.ShouldNotContain("secret");
        bench.Service.Requests.ShouldHaveSingleItem().Target.ShouldBe("/login");
    }

    [Fact]
    public async Task A_value_of_a_time_to_come_is_not_one_of_now()
    {
        using LiveBench bench = new(_ => new(Maps_(datetime: "2031-01-20T11:00:00.000Z")));
        (await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"))).Message.ShouldContain("must be of now or before, but is of 2031-01-20T11:00Z");
    }

    [Fact]
    public async Task A_key_does_not_follow_a_redirect()
    {
        using LocalService elsewhere = new(_ => new(Maps_()));
        using LiveBench bench = new(_ => new("", 302, $"Location: {elsewhere.Address}\r\n"));
        LiveGridException e = await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"));
        e.Message.ShouldContain("must answer itself, but sends on to");
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        using LiveBench bench = new(_ => new(new string(' ', 4096)), new() { MaximumBytes = 1000 });
        (await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"))).Message.ShouldContain("at most 1000 bytes, but sends more");
    }

    [Fact]
    public async Task An_answer_is_kept_for_some_minutes_and_across_programs()
    {
        using LiveBench bench = new(_ => new(Maps_()));
        await bench.Maps.LatestAsync("DE");
        bench.Time.Now = Noon.AddMinutes(9);
        (await bench.Maps.LatestAsync("DE")).FetchedAt.ShouldBe(Noon);
        bench.Service.Requests.Count.ShouldBe(1);
        bench.Time.Now = Noon.AddMinutes(11);
        await bench.Maps.LatestAsync("DE");
        bench.Service.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_kept_answer_stands_in_for_a_service_that_fails_and_says_so()
    {
        bool works = true;
        using LiveBench bench = new(_ => works ? new(Maps_()) : new("<html>", 502));
        await bench.Maps.LatestAsync("DE");
        (works, bench.Time.Now) = (false, Noon.AddHours(5));
        LiveReading reading = await bench.Maps.LatestAsync("DE");
        reading.Intensity.Value.ShouldBe(302);
        reading.Notes.ShouldHaveSingleItem().ShouldBe("Electricity Maps has failed (HTTP 502: \"<html>\") (4 attempts). Its answer of 5 h before was used.");
        bench.Time.Now = Noon.AddHours(25);
        (await Should.ThrowAsync<LiveGridException>(() => bench.Maps.LatestAsync("DE"))).Fault.ShouldBe(LiveFault.Down);
    }

    [Fact]
    public async Task A_broken_cache_is_as_none()
    {
        using LiveBench bench = new(_ => new(Maps_()));
        await bench.Maps.LatestAsync("DE");
        foreach (string file in Directory.GetFiles(bench.Folder))
        {
            File.WriteAllText(file, "{ half");
        }
        (await bench.Maps.LatestAsync("DE")).Intensity.Value.ShouldBe(302);
        bench.Service.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task No_key_token_or_password_is_kept_on_disk()
    {
        using LiveBench bench = new(request => request.Target == "/login" ? new("""{"token":"secret-token"}""") : request.Target.Contains("historical", StringComparison.Ordinal) ? new(Watt_()) : new(Maps_()));
        await bench.Maps.LatestAsync("DE");
        await bench.Watt.LatestAsync("CAISO_NORTH");
        string[] kept = [.. Directory.GetFiles(bench.Folder).Select(File.ReadAllText)];
        kept.Length.ShouldBe(2);
        kept.ShouldAllBe(text => !text.Contains("secret"));
    }
}

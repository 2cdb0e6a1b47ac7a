using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;

using Atoll.Coordinator.Hosting;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Coordinator.Tests.Hosting;

/// <summary>Bodies up and down, as they should be and as they should not.</summary>
public sealed class UploadTests
{
    private static readonly byte[] Body = RandomNumberGenerator.GetBytes(1 << 20);

    private static string PathOf(byte[] body) => $"{ProtocolPath.Uploads}/{Digest.Of(body)}";

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_body_is_uploaded_and_its_update_counts(string version)
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north", Version.Parse(version));

        HttpResponseMessage uploaded = await site.PutAsync(PathOf(Body), new ByteArrayContent(Body));
        uploaded.StatusCode.ShouldBe(HttpStatusCode.Created, served.Log.Text);
        Offset(uploaded).ShouldBe(Body.Length);
        HttpResponseMessage answered = await site.PostAsJsonAsync(ProtocolPath.Updates, ServedRun.Update(Body), ProtocolJson.Default.UpdateMessage);

        (await answered.Content.ReadFromJsonAsync(ProtocolJson.Default.UpdateReply))!.Counted.ShouldBeTrue();
        (string name, _, byte[]? body) = served.Run.Updates.ShouldHaveSingleItem();
        (name, body).ShouldBe(("north", body));
        body.ShouldBe(Body);
        Directory.GetFiles(served.UploadFolder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        served.Run.SeenSites.Count.ShouldBeGreaterThan(3);

        // The answer was lost: the site asks again.
        await site.PostAsJsonAsync(ProtocolPath.Updates, ServedRun.Update(Body), ProtocolJson.Default.UpdateMessage);
        served.Run.Updates.Last().Body.ShouldBeNull();
    }

    [Fact]
    public async Task A_body_in_pieces_goes_on_where_it_stopped_and_over_a_restart()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        (await OffsetAsync(site, Body)).ShouldBe(0);
        HttpResponseMessage first = await site.SendAsync(ServedRun.Piece(Body, 0, 300_000));
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Offset(first).ShouldBe(300_000);

        HttpResponseMessage gap = await site.SendAsync(ServedRun.Piece(Body, 400_000, 100));
        await ServedRun.RefusedAsync(gap, HttpStatusCode.Conflict, "wrong-offset");
        Offset(gap).ShouldBe(300_000);
        await ServedRun.RefusedAsync(await site.SendAsync(ServedRun.Piece(Body, 200_000, 100_000)), HttpStatusCode.Conflict, "wrong-offset");

        (await OffsetAsync(site, Body)).ShouldBe(300_000);
        (await site.SendAsync(ServedRun.Piece(Body, 300_000, Body.Length - 300_000))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await site.PutAsync(PathOf(Body), new ByteArrayContent(Body))).StatusCode.ShouldBe(HttpStatusCode.Created, "again is the same");
        await site.PostAsJsonAsync(ProtocolPath.Updates, ServedRun.Update(Body), ProtocolJson.Default.UpdateMessage);
        served.Run.Updates.ShouldHaveSingleItem().Body.ShouldBe(Body);
    }

    [Fact]
    public async Task An_update_whose_body_is_not_whole_has_no_body()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        await site.SendAsync(ServedRun.Piece(Body, 0, 1000));

        await ServedRun.RefusedAsync(await site.PostAsJsonAsync(ProtocolPath.Updates, ServedRun.Update(Body), ProtocolJson.Default.UpdateMessage), HttpStatusCode.Conflict, "no-body");
    }

    [Fact]
    public async Task An_altered_body_is_refused_recorded_and_deleted()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        byte[] altered = [.. Body];
        altered[1000] ^= 1;

        await ServedRun.RefusedAsync(await site.PutAsync(PathOf(Body), new ByteArrayContent(altered)), HttpStatusCode.UnprocessableEntity, "wrong-hash");

        (string? name, string reason, Digest? body) = served.Run.Rejections.ShouldHaveSingleItem();
        (name, body).ShouldBe(("north", Digest.Of(Body)));
        reason.ShouldStartWith("wrong-hash: A body must have the SHA-256");
        (await OffsetAsync(site, Body)).ShouldBe(0);
        await served.GoesOnAsync();
    }

    [Fact]
    public async Task A_body_larger_than_the_tasks_is_refused_before_it_comes()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        served.Run.Limit = Body.Length - 1;

        await ServedRun.RefusedAsync(await site.SendAsync(ServedRun.Piece(Body, 0, 10)), HttpStatusCode.RequestEntityTooLarge, "too-large");
        served.Run.Limit = 0;
        await ServedRun.RefusedAsync(await site.SendAsync(ServedRun.Piece(Body, 0, 10)), HttpStatusCode.Conflict, "no-task");

        served.Run.Rejections.Count.ShouldBe(2);
        Directory.Exists(served.UploadFolder).ShouldBeTrue();
        Directory.GetFiles(served.UploadFolder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_compressed_bomb_is_refused_unread()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        MemoryStream bomb = new();
        using (GZipStream zip = new(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(new byte[8 << 20]);
        }
        foreach (string path in new[] { PathOf(Body), ProtocolPath.Updates, ProtocolPath.Enrolments })
        {
            ByteArrayContent content = new(bomb.ToArray());
            content.Headers.ContentEncoding.Add("gzip");
            content.Headers.ContentType = new("application/json");
            HttpResponseMessage response = await site.SendAsync(new(path.Contains("uploads", StringComparison.Ordinal) ? HttpMethod.Put : HttpMethod.Post, path) { Content = content, Version = HttpVersion.Version20 });
            await ServedRun.RefusedAsync(response, HttpStatusCode.UnsupportedMediaType, "compressed");
        }
        await served.GoesOnAsync();
    }

    [Theory]
    [InlineData("/v1/uploads/../../etc/passwd")]
    [InlineData("/v1/uploads/..%2f..%2fetc%2fpasswd")]
    [InlineData("/v1/uploads/%2e%2e%2f%2e%2e%2fsecrets%2fledger.key")]
    [InlineData("/v1/models/..%2fsecrets%2fledger.key")]
    [InlineData("/v1/models/00")]
    [InlineData("/assets/..%2f..%2fsecrets%2fledger.key")]
    public async Task A_path_cannot_leave_its_folder(string path)
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        (await site.GetAsync(path)).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
        (await site.PutAsync(path, new ByteArrayContent([1]))).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
        await served.GoesOnAsync();
    }

    [Fact]
    public async Task A_sites_name_cannot_leave_the_folder()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("south & west/../x");
        await site.SendAsync(ServedRun.Piece(Body, 0, 10));

        string file = Directory.GetFiles(served.UploadFolder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        Path.GetRelativePath(served.UploadFolder, file).ShouldMatch("^[0-9a-f]{32}.[0-9a-f]{64}$");
    }

    [Fact]
    public async Task A_slow_body_is_ended_and_recorded()
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { BodyBytesPerSecond = 1e6, BodyGrace = TimeSpan.FromSeconds(1.1) });
        HttpClient site = await served.JoinAsync("north", HttpVersion.Version11);
        TaskCompletionSource end = new();
        Task<HttpResponseMessage> slow = site.PutAsync(PathOf(Body), new Trickle(Body, end.Task));
        await Until(() => served.Run.Rejections.Any(rejection => rejection.Reason.StartsWith("too-slow", StringComparison.Ordinal)));
        end.SetResult();
        await slow.ContinueWith(_ => { }, TaskScheduler.Default); // an answer of 408, or none, for the connection was closed
        (await OffsetAsync(site, Body)).ShouldBe(10);
    }

    [Fact]
    public async Task A_new_upload_ends_the_one_that_hangs()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        TaskCompletionSource end = new();
        Task<HttpResponseMessage> hanging = site.PutAsync(PathOf(Body), new Trickle(Body, end.Task));
        await Until(async () => await OffsetAsync(site, Body) == 10);

        (await site.SendAsync(ServedRun.Piece(Body, 10, Body.Length - 10))).StatusCode.ShouldBe(HttpStatusCode.Created);

        end.SetResult();
        await Should.NotThrowAsync(async () =>
        {
            try
            {
                (await hanging).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            }
            catch (HttpRequestException)
            {
                // Reset, for its body was not wanted any more.
            }
        });
    }

    [Fact]
    public async Task A_model_is_served_whole_in_ranges_and_not_again()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        string path = $"{ProtocolPath.Models}/{Digest.Of(FakeRun.Model)}";

        HttpResponseMessage whole = await site.GetAsync(path);
        (await whole.Content.ReadAsByteArrayAsync()).ShouldBe(FakeRun.Model);
        whole.Headers.ETag!.Tag.ShouldBe($"\"{Digest.Of(FakeRun.Model)}\"");
        whole.Headers.CacheControl!.ToString().ShouldContain("immutable");

        HttpRequestMessage part = new(HttpMethod.Get, path) { Version = HttpVersion.Version20 };
        part.Headers.Range = new(4, 10);
        HttpResponseMessage piece = await site.SendAsync(part);
        piece.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await piece.Content.ReadAsStringAsync()).ShouldBe("weights");

        HttpRequestMessage beyond = new(HttpMethod.Get, path) { Version = HttpVersion.Version20 };
        beyond.Headers.Range = new(1_000_000, null);
        await ServedRun.RefusedAsync(await site.SendAsync(beyond), HttpStatusCode.RequestedRangeNotSatisfiable, "wrong-range");

        HttpRequestMessage known = new(HttpMethod.Get, path) { Version = HttpVersion.Version20 };
        known.Headers.IfNoneMatch.Add(whole.Headers.ETag);
        (await site.SendAsync(known)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await ServedRun.RefusedAsync(await site.GetAsync($"{ProtocolPath.Models}/{Digest.Of([])}"), HttpStatusCode.NotFound, "unknown-model");
    }

    private static async Task<long> OffsetAsync(HttpClient site, byte[] body) =>
        Offset(await site.SendAsync(new(HttpMethod.Head, PathOf(body)) { Version = site.DefaultRequestVersion }));

    private static long Offset(HttpResponseMessage response) => long.Parse(response.Headers.GetValues("Upload-Offset").Single(), System.Globalization.CultureInfo.InvariantCulture);

    private static Task Until(Func<bool> holds) => Until(() => Task.FromResult(holds()));

    private static async Task Until(Func<Task<bool>> holds)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!await holds())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    /// <summary>Ten bytes of a body at once, and then none until told.</summary>
    private sealed class Trickle(byte[] body, Task end) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(body.AsMemory(0, 10));
            await stream.FlushAsync();
            await end;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}

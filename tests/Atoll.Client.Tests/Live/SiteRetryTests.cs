using Atoll.Client.Live.Connection;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Tests.Live;

/// <summary>What breaks on the way between a site and its coordinator, over real HTTPS.</summary>
public sealed class SiteRetryTests : IAsyncLifetime
{
    private SiteLab _lab = null!;

    private TestCoordinator Coordinator => _lab.Coordinator;

    public async Task InitializeAsync() => _lab = await SiteLab.OpenAsync();

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task Requests_are_made_again_while_the_coordinator_restarts()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]));
        Coordinator.Fault = async context =>
        {
            switch (Coordinator.Count($"{context.Request.Method} {context.Request.Path}"))
            {
                case 1: context.Abort(); return true;
                case 2:
                    context.Response.StatusCode = 503;
                    await context.Response.CompleteAsync();
                    return true;
                default: return false;
            }
        };

        (await _lab.RunAsync()).Finished.ShouldBeTrue();

        _lab.News.ShouldContain(news => news.Kind == "connection" && news.Text.StartsWith("The coordinator cannot be reached", StringComparison.Ordinal));
        _lab.News.ShouldContain(news => news.Text == "The coordinator answers again.");
    }

    [Fact]
    public async Task A_final_refusal_is_not_asked_again()
    {
        await _lab.AcceptAsync();
        Coordinator.Fault = async context =>
        {
            if (context.Request.Path != ProtocolPath.Enrolments)
            {
                return false;
            }
            await TestCoordinator.Refuse(context, 403, "token-used", "A token must be used once.");
            return true;
        };

        (await Should.ThrowAsync<CoordinatorRefusedException>(() => _lab.RunAsync())).Code.ShouldBe("token-used");

        Coordinator.Count("POST /v1/enrolments").ShouldBe(1);
    }

    [Fact]
    public async Task An_enrolment_whose_answer_was_lost_is_repeated_word_for_word()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare);
        Coordinator.Fault = context =>
        {
            bool isFirst = context.Request.Path == ProtocolPath.Enrolments && Coordinator.Count("POST /v1/enrolments") == 1;
            if (isFirst)
            {
                context.Abort();
            }
            return Task.FromResult(isFirst);
        };

        await _lab.RunAsync();

        byte[][] said = [.. Coordinator.Received.Where(request => request.What == "POST /v1/enrolments").Select(request => request.Body)];
        said.Length.ShouldBe(2);
        said[1].ShouldBe(said[0]);
    }

    [Fact]
    public async Task A_site_whose_table_did_not_fit_joins_with_the_same_token_once_it_does()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare);
        bool isUnfit = true;
        Coordinator.Fault = async context =>
        {
            if (context.Request.Path != ProtocolPath.Enrolments || !isUnfit)
            {
                return false;
            }
            await TestCoordinator.Refuse(context, 409, "unfit", "Site 'aachen' must have the same columns as site 'basel', but lacks 'b'.");
            return true;
        };
        (await Should.ThrowAsync<CoordinatorRefusedException>(() => _lab.RunAsync())).Code.ShouldBe("unfit");

        isUnfit = false;
        await File.WriteAllTextAsync(_lab.DataFile, "a,b,y\n1,0.75,1\n");
        await _lab.AcceptAsync();
        (await _lab.RunAsync()).Finished.ShouldBeTrue();

        byte[][] said = [.. Coordinator.Received.Where(request => request.What == "POST /v1/enrolments").Select(request => request.Body)];
        said.Length.ShouldBe(2);
        said[1].ShouldNotBe(said[0]); // told anew, of the new rows
    }

    [Fact]
    public async Task An_enrolment_that_tells_of_other_rows_is_not_repeated()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare);
        using CancellationTokenSource stop = new();
        Coordinator.Fault = async context =>
        {
            bool isFirst = context.Request.Path == ProtocolPath.Enrolments && Coordinator.Count("POST /v1/enrolments") == 1;
            if (isFirst)
            {
                context.Abort();
                await stop.CancelAsync();
            }
            return isFirst;
        };
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.RunAsync(cancellation: stop.Token));

        await File.WriteAllTextAsync(_lab.DataFile, "a,b,y\n1,0.75,1\n");
        await _lab.AcceptAsync();
        await _lab.RunAsync();

        byte[][] said = [.. Coordinator.Received.Where(request => request.What == "POST /v1/enrolments").Select(request => request.Body)];
        said[^1].ShouldNotBe(said[0]);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_made_again()
    {
        await _lab.AcceptAsync();
        TrainWork work = Coordinator.Train(5, [1, 2, 3]);
        _lab.Script(SiteLab.Prepare, work);
        Coordinator.Fault = async context =>
        {
            if (!context.Request.Path.StartsWithSegments(ProtocolPath.Models) || Coordinator.Count($"GET {context.Request.Path}") > 1)
            {
                return false;
            }
            context.Response.ContentLength = work.Bytes;
            await context.Response.Body.WriteAsync(Coordinator.Models[work.Model].AsMemory(0, 50));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        };

        (await _lab.RunAsync()).Finished.ShouldBeTrue();

        Coordinator.Count($"GET {ProtocolPath.Models}/{work.Model}").ShouldBe(2);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_goes_on_where_it_was()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]));
        List<string> ranges = [];
        Coordinator.Fault = async context =>
        {
            if (context.Request.Method != "PUT")
            {
                return false;
            }
            ranges.Add(context.Request.Headers.ContentRange.ToString());
            if (ranges.Count > 1)
            {
                return false;
            }
            await Coordinator.BreakUploadAsync(context, 20);
            return true;
        };

        (await _lab.RunAsync()).Finished.ShouldBeTrue();

        ranges.Select(range => range.Split('-')[0]).ShouldBe(["bytes 0", "bytes 20"]);
        UpdateMessage update = Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Single();
        Digest.Of(Coordinator.Upload(update.Update)).ShouldBe(update.Update);
    }
}

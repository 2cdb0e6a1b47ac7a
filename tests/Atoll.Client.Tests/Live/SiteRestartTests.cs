using Atoll.Client.Live;
using Atoll.Client.Live.Connection;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Federation.LocalObjectives;
using Atoll.Learning.Models;
using Atoll.Learning.Optimizers;

namespace Atoll.Client.Tests.Live;

/// <summary>A site that is stopped and started again: what its folder has, nobody does twice, and nobody else does.</summary>
public sealed class SiteRestartTests : IAsyncLifetime
{
    private SiteLab _lab = null!;

    private TestCoordinator Coordinator => _lab.Coordinator;

    public async Task InitializeAsync() => _lab = await SiteLab.OpenAsync();

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task What_was_trained_is_not_trained_again_after_a_restart()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]));
        using CancellationTokenSource killed = new();
        Coordinator.Fault = async context =>
        {
            if (context.Request.Method == "PUT" && !killed.IsCancellationRequested)
            {
                await killed.CancelAsync();
                context.Abort();
                return true;
            }
            return false;
        };
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.RunAsync(cancellation: killed.Token));
        int trained = _lab.News.Count(news => news.Kind == "training");

        (await _lab.RunAsync()).Finished.ShouldBeTrue();

        _lab.News.Count(news => news.Kind == "training").ShouldBe(trained);
        Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Select(update => update.Task).Distinct().ShouldBe([5]);
        Coordinator.Count("POST /v1/enrolments").ShouldBe(1);
    }

    [Fact]
    public async Task Training_that_is_interrupted_goes_on_at_its_checkpoint_and_its_energy_adds_up()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3], steps: 200));
        using CancellationTokenSource killed = new();
        int starts = 0;
        TwoJoules meter = new(() =>
        {
            if (++starts == 2) // behind the first checkpoint
            {
                killed.Cancel();
            }
        });
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.RunAsync(_lab.Settings with { Meter = meter, CheckpointEvery = TimeSpan.Zero }, cancellation: killed.Token));
        File.Exists(Path.Combine(_lab.State, "task", "checkpoint.safetensors")).ShouldBeTrue();

        await _lab.RunAsync(_lab.Settings with { Meter = new TwoJoules(() => { }) });

        SiteTraining training = new(new LinearRegression().Build(FewRows.Data.Sample, 0), new TrainingSettings { Optimizer = new Sgd { LearningRate = 0.05f }, BatchSize = 2 }, new Plain(), FewRows.Data);
        SiteUpdate expected = training.Train(new() { Round = 1, Weights = [1, 2, 3], LocalSteps = 200 }, site: 1, FewRows.Rows.Train, [], seed: 7, CancellationToken.None);
        UpdateMessage update = Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage).Single();
        Coordinator.Vector(update, "update").ShouldBe(expected.Update);
        (update.Steps, update.Samples, update.TrainingLoss).ShouldBe((expected.Steps, expected.Samples, expected.TrainingLoss));
        ReadingMessage reading = Coordinator.Of(ProtocolPath.Readings, ProtocolJson.Default.ReadingMessage).Single();
        (reading.EnergyJoules, reading.Basis, reading.Meter).ShouldBe((4, "measured", "a meter"));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_without_the_body()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare, Coordinator.Train(5, [1, 2, 3]));
        using CancellationTokenSource killed = new();
        Coordinator.Fault = async context =>
        {
            if (context.Request.Path == ProtocolPath.Updates && !killed.IsCancellationRequested)
            {
                await killed.CancelAsync();
                context.Abort();
                return true;
            }
            return false;
        };
        await Should.ThrowAsync<OperationCanceledException>(() => _lab.RunAsync(cancellation: killed.Token));
        int before = Coordinator.Received.Count(request => request.What.StartsWith("PUT", StringComparison.Ordinal));

        await _lab.RunAsync();

        Coordinator.Received.Count(request => request.What.StartsWith("PUT", StringComparison.Ordinal)).ShouldBe(before);
        UpdateMessage[] said = [.. Coordinator.Of(ProtocolPath.Updates, ProtocolJson.Default.UpdateMessage)];
        said.Length.ShouldBe(2);
        said[1].Signed.Signature.ShouldBe(said[0].Signed.Signature);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)] // what was there is not the model's: it is fetched anew
    public async Task A_download_goes_on_where_an_earlier_start_left_it(int damage, int requests)
    {
        await _lab.AcceptAsync();
        TrainWork work = Coordinator.Train(5, [1, 2, 3]);
        _lab.Script(SiteLab.Prepare, work);
        byte[] begun = Coordinator.Models[work.Model][..50];
        begun[20] ^= (byte)damage;
        Directory.CreateDirectory(Path.Combine(_lab.State, "models"));
        File.WriteAllBytes(Path.Combine(_lab.State, "models", $"{work.Model}.part"), begun);
        List<string> ranges = [];
        Coordinator.Fault = context =>
        {
            if (context.Request.Path.StartsWithSegments(ProtocolPath.Models))
            {
                ranges.Add(context.Request.Headers.Range.ToString());
            }
            return Task.FromResult(false);
        };

        (await _lab.RunAsync()).Finished.ShouldBeTrue();

        ranges.ShouldBe(["bytes=50-", .. Enumerable.Repeat("", requests - 1)]);
    }

    [Fact]
    public async Task Only_the_owner_can_read_what_a_site_keeps()
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare);

        await _lab.RunAsync();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_lab.State).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(Path.Combine(_lab.State, "site.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("site.json", "null")]
    [InlineData("site.json", "{")]
    [InlineData("site.key", "")]
    [InlineData("site.key", "no key")]
    [InlineData("site.key", null)]
    [InlineData("authority.pem", "")]
    [InlineData("authority.pem", null)]
    public async Task A_folder_that_is_damaged_names_the_file_and_nothing_comes_in_its_place(string name, string? content)
    {
        await _lab.AcceptAsync();
        _lab.Script(SiteLab.Prepare);
        await _lab.RunAsync();
        string file = Path.Combine(_lab.State, name);
        File.Delete(file);
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
        }

        Should.Throw<SiteFolderException>(() => new SiteSession(_lab.State, _lab.Settings)).Message.ShouldStartWith($"{file} must be as the site wrote it, but is not{(content is null ? " there" : "")}");

        File.Exists(file).ShouldBe(content is not null);
    }

    [Fact]
    public async Task A_folder_serves_one_process_at_a_time()
    {
        await _lab.AcceptAsync();

        using SiteSession first = new(_lab.State, _lab.Settings);

        Should.Throw<IOException>(() => new SiteSession(_lab.State, _lab.Settings)).Message.ShouldContain("in use");
    }

    [Fact]
    public async Task Data_that_changed_since_the_site_joined_is_refused()
    {
        await _lab.AcceptAsync();
        File.AppendAllText(_lab.DataFile, "9,9,9\n");

        Should.Throw<IOException>(() => new SiteSession(_lab.State, _lab.Settings)).Message.ShouldContain("is other data");
    }

    [Fact]
    public async Task Data_that_has_moved_is_followed_where_it_is_the_same()
    {
        await _lab.AcceptAsync();
        string moved = _lab.DataFile + ".moved";
        File.Move(_lab.DataFile, moved);
        Should.Throw<IOException>(() => new SiteSession(_lab.State, _lab.Settings)).Message.ShouldEndWith("is not there. Where it has moved, name it with --data.");

        using (SiteSession session = new(_lab.State, _lab.Settings, data: [moved]))
        {
            session.Identity.Data.ShouldBe([moved]);
        }
        using (SiteSession again = new(_lab.State, _lab.Settings))
        {
            again.Identity.Data.ShouldBe([moved]);
        }

        await File.WriteAllTextAsync(_lab.DataFile, "a,b,y\n9,9,9\n");
        Should.Throw<IOException>(() => new SiteSession(_lab.State, _lab.Settings, data: [_lab.DataFile])).Message.ShouldContain("is other data");
    }

    [Fact]
    public async Task Another_experiment_than_was_agreed_to_is_refused()
    {
        await _lab.AcceptAsync();
        Coordinator.Experiment += "# and one thing more\n";

        (await Should.ThrowAsync<ProtocolException>(() => _lab.RunAsync())).Message.ShouldContain("another experiment");

        Coordinator.Count("POST /v1/enrolments").ShouldBe(0);
    }
}

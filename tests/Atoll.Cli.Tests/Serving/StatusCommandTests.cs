using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Atoll.Cli.Serving;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Tests.Serving;

public sealed class StatusCommandTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly X509Certificate2 _authority = TlsCoordinator.Authority("ours"), _other = TlsCoordinator.Authority("another");

    [Fact]
    public async Task A_coordinator_with_the_right_authority_says_how_its_run_stands()
    {
        await using TlsCoordinator coordinator = await TlsCoordinator.StartAsync(_authority, _authority);

        (await _shell.Run("status", coordinator.Address, "--authority", TlsCoordinator.HashOf(_authority).ToString())).ShouldBe(ExitCode.Success, _shell.Error);
        _shell.Output.ShouldStartWith("hospitals: training, for 12 min 20 s");

        _shell.Write("authority.pem", _authority.ExportCertificatePem());
        (await _shell.Run("status", coordinator.Address, "--json", "--authority", _shell.Folder)).ShouldBe(ExitCode.Success, _shell.Error);
        JsonSerializer.Deserialize(_shell.Output, ProtocolJson.Default.RunStatus)!.Ledger.Root.ShouldBe(SampleStatus.Root);
    }

    [Fact]
    public async Task Another_authority_s_coordinator_is_not_believed()
    {
        await using TlsCoordinator coordinator = await TlsCoordinator.StartAsync(_other, _other);

        (await _shell.Run("status", coordinator.Address, "--authority", TlsCoordinator.HashOf(_authority).ToString())).ShouldBe(ExitCode.Failure);
        _shell.Error.ShouldContain($"must have the SHA-256 {TlsCoordinator.HashOf(_authority)}, but has {TlsCoordinator.HashOf(_other)}");
    }

    [Fact]
    public async Task Who_shows_the_right_authority_without_a_certificate_of_it_is_not_believed()
    {
        await using TlsCoordinator coordinator = await TlsCoordinator.StartAsync(_other, _authority);

        (await _shell.Run("status", coordinator.Address, "--authority", TlsCoordinator.HashOf(_authority).ToString())).ShouldBe(ExitCode.Failure);
        _shell.Error.ShouldContain("must be issued by its run's authority");
        _shell.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://127.0.0.1:9", "add --authority SHA256, which `atoll serve` printed")]
    [InlineData("http://127.0.0.1:9", "must be https://host:port")]
    public async Task Without_a_way_to_believe_it_no_coordinator_is_asked(string address, string words)
    {
        (await _shell.Run("status", address)).ShouldBe(ExitCode.Usage);
        _shell.Error.ShouldContain(words);
    }

    [Fact]
    public async Task An_authority_that_is_none_is_refused()
    {
        (await _shell.Run("status", "https://127.0.0.1:9", "--authority", "abc")).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("must be the 64 hexadecimal digits that `atoll serve` printed, a certificate, or a run's folder (was 'abc')");
        (await _shell.Run("status", "https://127.0.0.1:9", "--authority", _shell.Folder)).ShouldBe(ExitCode.BadInput);
        _shell.Error.ShouldContain("There is no certificate of a run's authority in");
    }

    [Fact]
    public async Task Watching_shows_each_change_says_once_that_nobody_answers_and_ends_with_the_run()
    {
        RunStatus training = SampleStatus.Training(), finished = training with { Phase = RunPhase.Finished, Reason = "All arms came to their end." };
        using Told source = new(training, training with { Now = training.Now.AddSeconds(2) }, null, null, finished);
        using StringWriter writer = new();

        await StatusCommand.WatchAsync(source, new(writer, new Terminal(writer, isLive: false, 80), isJson: false), new Hasty(), default);

        string text = writer.ToString();
        text.Split("hospitals: ").Length.ShouldBe(3, "nothing new is not shown again");
        text.Split("is old").Length.ShouldBe(2);
        text.ShouldContain("hospitals: finished, after 12 min 20 s");
    }

    public void Dispose()
    {
        _shell.Dispose();
        _authority.Dispose();
        _other.Dispose();
    }

    /// <summary>One status after another; null is a question that nobody answers.</summary>
    private sealed class Told(params RunStatus?[] statuses) : IStatusSource
    {
        private int _next;

        public Task<RunStatus> ReadAsync(CancellationToken cancellation) =>
            statuses[_next++] is { } status ? Task.FromResult(status) : Task.FromException<RunStatus>(new IOException("No coordinator answers."));

        public void Dispose()
        {
        }
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
    }
}

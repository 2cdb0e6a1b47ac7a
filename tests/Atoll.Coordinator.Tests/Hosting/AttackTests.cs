using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Security.Authentication;
using System.Text;
using Atoll.Coordinator.Hosting;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Tests.Hosting;

/// <summary>What must neither stop a host nor get past it.</summary>
public sealed class AttackTests
{
    [Fact]
    public async Task A_thousand_connections_that_send_nothing_do_not_keep_a_site_out()
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { Strangers = 100 });
        HttpClient early = await served.JoinAsync("north");
        (await early.GetAsync(ProtocolPath.Work + "?wait=0")).StatusCode.ShouldBe(HttpStatusCode.OK);
        List<Socket> idle = [];
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, served.Host.Port);
            }
            HttpClient late = await JoinedAsync(served, "south & west/../x");
            (await late.GetAsync(ProtocolPath.Work + "?wait=0")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await early.GetAsync(ProtocolPath.Work + "?wait=0")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            idle.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task A_site_that_fetches_much_and_reads_nothing_keeps_no_model_from_another()
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { Downloads = 3, DownloadsBySite = 2 });
        string large = $"{ProtocolPath.Models}/{Digest.Of(served.Run.Large)}";
        using CancellationTokenSource end = new();
        HttpClient greedy = await served.JoinAsync("north");
        Task<HttpResponseMessage>[] unread = [.. Enumerable.Range(0, 8).Select(_ => greedy.GetAsync(large, HttpCompletionOption.ResponseHeadersRead, end.Token))];
        await Task.WhenAny(unread);

        HttpClient other = await JoinedAsync(served, "south & west/../x");
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        (await other.GetByteArrayAsync(large, patience.Token)).Length.ShouldBe(served.Run.Large.Length);

        unread.Count(fetch => fetch.IsCompleted).ShouldBe(2);
        await end.CancelAsync();
    }

    [Fact]
    public async Task Of_one_site_only_so_many_connections_stay()
    {
        const int most = 3;
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { ConnectionsBySite = most });
        X509Certificate2 certificate = await served.CertificateAsync("north");
        HttpClient other = await JoinedAsync(served, "south & west/../x");
        List<Task<HttpResponseMessage>> waiting = [];
        for (int i = 0; i < 2 * most; i++)
        {
            HttpClient client = served.Client(certificate: certificate);
            (await client.GetAsync($"{ProtocolPath.Work}?wait=0")).StatusCode.ShouldBe(HttpStatusCode.OK);
            waiting.Add(client.PostAsync($"{ProtocolPath.Progress}", new Silence()));
        }

        foreach (Task<HttpResponseMessage> closed in waiting[..most])
        {
            await Should.ThrowAsync<HttpRequestException>(closed);
        }
        waiting[most..].ShouldAllBe(open => !open.IsCompleted);
        (await other.GetAsync($"{ProtocolPath.Work}?wait=0")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A body that never comes.</summary>
    private sealed class Silence : HttpContent
    {
        public Silence() => Headers.ContentType = new("application/json");

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.Delay(Timeout.Infinite);

        protected override bool TryComputeLength(out long length)
        {
            length = 10;
            return true;
        }
    }

    /// <summary>As a client does: a connection that was closed before it proved anything is opened again.</summary>
    private static async Task<HttpClient> JoinedAsync(ServedRun served, string site)
    {
        for (int failures = 0; ; failures++)
        {
            try
            {
                return await served.JoinAsync(site);
            }
            catch (HttpRequestException) when (failures < 10)
            {
                // one of the thousand was taken for later than it
            }
        }
    }

    [Fact]
    public async Task A_connection_that_never_shakes_hands_is_closed()
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { Handshake = TimeSpan.FromSeconds(2) });
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, served.Host.Port);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));

        (await Ended(socket, patience.Token)).ShouldBeTrue();
        await served.GoesOnAsync();
    }

    [Fact]
    public async Task TLS_below_1_2_is_refused()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        // A client of TLS 1.1: what libraries still send differs, so its hello is spelled out (RFC 4346 §7.4.1.2: version 3.2, one cipher suite, no extensions).
        byte[] hello = [0x16, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2, .. new byte[32], 0, 0, 2, 0xC0, 0x09, 1, 0];
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, served.Host.Port);
        await socket.SendAsync(hello);
        byte[] answer = new byte[256];
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        int length;
        try
        {
            length = await socket.ReceiveAsync(answer, patience.Token);
        }
        catch (SocketException)
        {
            length = 0;
        }
        (length == 0 || answer[0] == 0x15).ShouldBeTrue("closed, or an alert; never a server's hello (0x16)");
        await served.GoesOnAsync();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task TLS_1_2_and_1_3_are_served(SslProtocols protocol)
    {
        await using ServedRun served = await ServedRun.StartAsync();
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, served.Host.Port);
        await using SslStream tls = new(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocol, RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null });
        tls.SslProtocol.ShouldBe(protocol);
    }

    [Fact]
    public async Task Somebody_in_the_middle_is_noticed()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        await using ServedRun middle = await ServedRun.StartAsync();
        HttpClient client = served.Client("secret");
        HttpRequestException refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri(middle.Url, ProtocolPath.Run)));
        refused.InnerException.ShouldBeOfType<AuthenticationException>();
        middle.Run.Rejections.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{", "application/json", 400, "malformed")]
    [InlineData("null", "application/json", 400, "malformed")]
    [InlineData("[]", "application/json", 400, "malformed")]
    [InlineData("""{"task":1,"done":0.5,"more":1}""", "application/json", 400, "malformed")]
    [InlineData("""{"task":1,"task":1,"done":0.5}""", "application/json", 400, "malformed")]
    [InlineData("""{"task":1}""", "application/json", 400, "malformed")]
    [InlineData("""{"task":1,"done":2}""", "application/json", 400, "malformed")]
    [InlineData("""{"task":1,"done":0.5}""", "text/plain", 415, "unsupported-type")]
    [InlineData("""{"task":1,"done":0.5}""", "application/json; charset=utf-16", 415, "unsupported-type")]
    public async Task A_message_that_is_not_the_protocols_is_refused(string message, string type, int status, string code)
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(message));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await ServedRun.RefusedAsync(await site.PostAsync(ProtocolPath.Progress, content), (HttpStatusCode)status, code);
        served.Run.Messages.ShouldBeEmpty();
        await served.GoesOnAsync();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_message_that_is_too_large_is_refused(string version)
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { MessageBytes = 1000 });
        HttpClient site = await served.JoinAsync("north", Version.Parse(version));
        await ServedRun.RefusedAsync(await site.PostAsJsonAsync(ProtocolPath.Failures, new() { Task = 1, Reason = new('x', 2000) }, ProtocolJson.Default.FailureMessage), HttpStatusCode.RequestEntityTooLarge, "too-large");
        await served.GoesOnAsync();
    }

    [Fact]
    public async Task Too_many_requests_are_put_off_and_others_are_served()
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { RequestsPerSecond = 10, Burst = 2 });
        HttpClient site = await served.JoinAsync("north"), other = await served.JoinAsync("south & west/../x");
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => site.GetAsync(ProtocolPath.Work + "?wait=0")));

        HttpResponseMessage refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBeGreaterThanOrEqualTo(10);
        (await other.GetAsync(ProtocolPath.Work + "?wait=0")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Strangers_make_the_ledger_grow_by_so_much_a_minute_and_no_more()
    {
        await using ServedRun served = await ServedRun.StartAsync(new HostLimits { RecordedRefusals = 3 });
        HttpClient stranger = served.Client(Invitations.NewSecret());
        for (int i = 0; i < 10; i++)
        {
            await stranger.GetAsync(ProtocolPath.Run);
        }
        served.Run.Rejections.Count.ShouldBeInRange(3, 6, "a new minute may have begun");
    }

    [Fact]
    public async Task No_secret_is_ever_logged()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        JoinToken token = served.Invite("north");
        string stray = Invitations.NewSecret();
        await served.Client(token.Secret).GetAsync(ProtocolPath.Run);
        await served.Client(stray).GetAsync(ProtocolPath.Run);
        await served.EnrolAsync(token.Secret, ServedRun.Enrolment("north", SigningKey.Create()));
        await served.EnrolAsync(token.Secret, ServedRun.Enrolment("north", SigningKey.Create()));
        await served.Client(served.Secrets.NewOperatorToken).PostAsJsonAsync(ProtocolPath.Abort, new() { Reason = "Enough." }, ProtocolJson.Default.AbortRequest);
        served.Run.Fault = new InvalidOperationException("a defect");
        (await served.Client(served.Invite("north").Secret).GetAsync(ProtocolPath.Run)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        string log = served.Log.Text;
        log.ShouldContain("token-used");
        log.ShouldContain("a defect");
        foreach (string secret in new[] { token.Secret, stray, served.Secrets.NewOperatorToken!, token.ToString(), "PRIVATE KEY" })
        {
            log.ShouldNotContain(secret);
        }
        served.Run.Rejections.ShouldNotContain(rejection => rejection.Reason.Contains(token.Secret) || rejection.Reason.Contains(stray));
    }

    [Fact]
    public async Task A_fault_says_nothing_about_itself()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        served.Run.Fault = new InvalidOperationException("/a/path/of/the/machine");
        HttpResponseMessage response = await served.Client(served.Invite("north").Secret).GetAsync(ProtocolPath.Run);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("/a/path");
        await ServedRun.RefusedAsync(response, HttpStatusCode.InternalServerError, "fault");
    }

    [Fact]
    public async Task A_hash_in_capitals_is_no_second_name()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        await ServedRun.RefusedAsync(await site.GetAsync($"{ProtocolPath.Models}/{Digest.Of(FakeRun.Model).ToString().ToUpperInvariant()}"), HttpStatusCode.NotFound, "malformed");
    }

    private static async Task<bool> Ended(Socket socket, CancellationToken cancellation)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], cancellation) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}

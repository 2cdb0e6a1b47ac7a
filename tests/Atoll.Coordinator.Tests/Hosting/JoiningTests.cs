using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Signing;

namespace Atoll.Coordinator.Tests.Hosting;

/// <summary>Tokens, enrolment and certificates, over TLS.</summary>
public sealed class JoiningTests
{
    [Fact]
    public async Task A_site_joins_with_its_token_and_works_with_its_certificate()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        JoinToken token = JoinToken.Parse(served.Invite("north").ToString());

        string pem = await served.Client().GetStringAsync(ProtocolPath.Authority);
        using X509Certificate2 authority = X509Certificate2.CreateFromPem(pem);
        Digest.Of(authority.RawData).ShouldBe(token.Authority);
        (await served.Client(token.Secret).GetFromJsonAsync(ProtocolPath.Run, ProtocolJson.Default.RunDescription))!.Site.ShouldBe("north");

        foreach (Version version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            HttpClient site = version == HttpVersion.Version11 ? await served.JoinAsync("north", version) : await served.JoinAsync("south & west/../x", version);
            Work? work = await site.GetFromJsonAsync(ProtocolPath.Work + "?wait=0", ProtocolJson.Default.Work);
            work.ShouldBeOfType<WaitWork>();
        }
        served.Run.SeenSites.ShouldContain("north");
    }

    [Fact]
    public async Task A_wrong_token_is_refused_and_recorded()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        await ServedRun.RefusedAsync(await served.Client(Invitations.NewSecret()).GetAsync(ProtocolPath.Run), HttpStatusCode.Unauthorized, "wrong-token");
        await ServedRun.RefusedAsync(await served.Client().GetAsync(ProtocolPath.Run), HttpStatusCode.Unauthorized, "no-token");

        served.Run.Rejections.ShouldHaveSingleItem().Reason.ShouldStartWith("wrong-token: A token must be one that this run gave out");
        await served.GoesOnAsync();
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        JoinToken token = served.Invite("north", TimeSpan.FromHours(1));
        served.Time.Ahead = TimeSpan.FromHours(1);

        await ServedRun.RefusedAsync(await served.EnrolAsync(token.Secret, ServedRun.Enrolment("north", SigningKey.Create())), HttpStatusCode.Forbidden, "token-expired");
        served.Run.KeyOf("north").ShouldBeNull();
        served.Run.Rejections.ShouldHaveSingleItem().Site.ShouldBe("north");
    }

    [Fact]
    public async Task A_token_is_used_once_but_the_same_key_gets_the_same_answer_again()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        JoinToken token = served.Invite("north", TimeSpan.FromHours(1));
        EnrolmentRequest request = ServedRun.Enrolment("north", SigningKey.Create());
        (await served.EnrolAsync(token.Secret, request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        served.Time.Ahead = TimeSpan.FromHours(2);
        EnrolmentReply again = (await (await served.EnrolAsync(token.Secret, request)).Content.ReadFromJsonAsync(ProtocolJson.Default.EnrolmentReply))!;

        again.Entry.ShouldBe(7);
        await ServedRun.RefusedAsync(await served.EnrolAsync(token.Secret, ServedRun.Enrolment("north", SigningKey.Create())), HttpStatusCode.Forbidden, "token-used");
        served.Run.KeyOf("north").ShouldBe(request.Key);
    }

    [Fact]
    public async Task A_token_opens_its_own_site_alone()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        await ServedRun.RefusedAsync(await served.EnrolAsync(served.Invite("north").Secret, ServedRun.Enrolment("south & west/../x", SigningKey.Create())), HttpStatusCode.Forbidden, "other-site");
        served.Run.KeyOf("south & west/../x").ShouldBeNull();
    }

    [Fact]
    public async Task A_token_is_no_certificate()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        foreach (HttpClient client in new[] { served.Client(), served.Client(served.Invite("north").Secret) })
        {
            await ServedRun.RefusedAsync(await client.GetAsync(ProtocolPath.Work), HttpStatusCode.Unauthorized, "no-certificate");
            await ServedRun.RefusedAsync(await client.PutAsync($"{ProtocolPath.Uploads}/{Digest.Of([])}", new ByteArrayContent([])), HttpStatusCode.Unauthorized, "no-certificate");
            await ServedRun.RefusedAsync(await client.GetAsync($"{ProtocolPath.Models}/{Digest.Of(FakeRun.Model)}"), HttpStatusCode.Unauthorized, "no-certificate");
        }
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        await using ServedRun other = await ServedRun.StartAsync();
        await served.JoinAsync("north");
        HttpClient foreign = served.Client(certificate: await other.CertificateAsync("north"));

        await ServedRun.RefusedAsync(await foreign.GetAsync(ProtocolPath.Work), HttpStatusCode.Forbidden, "wrong-certificate");
        served.Run.Rejections.ShouldHaveSingleItem().Reason.ShouldContain("this run's authority");
        await served.GoesOnAsync();
    }

    [Fact]
    public async Task A_certificate_over_another_key_than_the_enrolled_one_is_refused()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        await served.JoinAsync("north");
        using System.Security.Cryptography.ECDsa key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using X509Certificate2 alone = X509Certificate2.CreateFromPem(served.Secrets.Authority.IssueSite("north", SigningKey.From(key).PublicKey));
        using X509Certificate2 stray = alone.CopyWithPrivateKey(key);

        await ServedRun.RefusedAsync(await served.Client(certificate: stray).GetAsync(ProtocolPath.Work), HttpStatusCode.Forbidden, "wrong-certificate");
    }

    [Fact]
    public async Task The_coordinators_own_certificate_opens_nothing()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        using X509Certificate2 server = served.Secrets.ServerCertificate([]);
        await ServedRun.RefusedAsync(await served.Client(certificate: server).GetAsync(ProtocolPath.Work), HttpStatusCode.Forbidden, "wrong-certificate");
    }

    [Fact]
    public async Task Keys_and_tokens_are_kept_over_a_restart_and_for_their_owner_alone()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        JoinToken token = served.Invite("north");
        using RunSecrets again = RunSecrets.Open(served.SecretFolder, "trial", served.Time);

        again.SigningKey.PublicKey.ShouldBe(served.Secrets.SigningKey.PublicKey);
        again.Authority.Fingerprint.ShouldBe(token.Authority);
        again.Invitations.Find(token.Secret)!.Site.ShouldBe("north");
        again.NewOperatorToken.ShouldBeNull();
        again.IsOperator(served.Secrets.NewOperatorToken!).ShouldBeTrue();
        string[] files = Directory.GetFiles(served.SecretFolder);
        files.Length.ShouldBe(5);
        foreach (string file in files)
        {
            (await File.ReadAllTextAsync(file)).ShouldNotContain(token.Secret);
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    [Fact]
    public void A_secret_folder_that_others_can_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        DirectoryInfo open = Directory.CreateTempSubdirectory("atoll-open-");
        File.SetUnixFileMode(open.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
        Should.Throw<IOException>(() => RunSecrets.Open(open.FullName, "trial", TimeProvider.System)).Message.ShouldContain("must be its owner's alone (chmod 700), but has mode 755");
        File.SetUnixFileMode(open.FullName, (UnixFileMode)Convert.ToInt32("700", 8));
        RunSecrets.Open(open.FullName, "trial", TimeProvider.System).Dispose();
        string secret = Directory.GetFiles(open.FullName)[0];
        File.SetUnixFileMode(secret, (UnixFileMode)Convert.ToInt32("644", 8));
        Should.Throw<IOException>(() => RunSecrets.Open(open.FullName, "trial", TimeProvider.System).Dispose()).Message.ShouldBe($"{secret} is a secret of the run and must be its owner's alone (chmod 600), but has mode 644.");
        open.Delete(recursive: true);
    }

    [Fact]
    public async Task Only_the_operator_token_aborts()
    {
        await using ServedRun served = await ServedRun.StartAsync();
        HttpClient site = await served.JoinAsync("north");
        AbortRequest abort = new() { Reason = "Enough." };
        await ServedRun.RefusedAsync(await site.PostAsJsonAsync(ProtocolPath.Abort, abort, ProtocolJson.Default.AbortRequest), HttpStatusCode.Unauthorized, "no-operator");
        served.Run.Aborted.ShouldBeNull();

        (await served.Client(served.Secrets.NewOperatorToken).PostAsJsonAsync(ProtocolPath.Abort, abort, ProtocolJson.Default.AbortRequest)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        served.Run.Aborted.ShouldBe("Enough.");
    }
}

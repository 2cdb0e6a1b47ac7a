using System.Net;
using Atoll.Client.Live;
using Atoll.Client.Live.Connection;
using Atoll.Ledger.Merkle;

namespace Atoll.Client.Tests.Live;

/// <summary>Whom a site believes: the authority of its token, for the host it called, and nobody else.</summary>
public sealed class TrustTests
{
    [Fact]
    public async Task A_coordinator_whose_authority_is_another_than_the_tokens_is_refused()
    {
        await using SiteLab lab = await SiteLab.OpenAsync();

        await Should.ThrowAsync<WrongCoordinatorException>(() => lab.AcceptAsync(lab.Coordinator.Token with { Authority = Digest.Of([1]) }));

        lab.Coordinator.Received.ShouldAllBe(request => !request.WithToken);
    }

    [Fact]
    public async Task A_server_that_shows_the_right_authority_and_a_certificate_of_another_is_sent_no_token()
    {
        using TestAuthority other = new();
        await using TestCoordinator coordinator = await TestCoordinator.StartAsync(other.Server());

        await Should.ThrowAsync<WrongCoordinatorException>(() => SiteInvitation.OpenAsync(coordinator.Token, new(), CancellationToken.None));

        coordinator.Received.Select(request => request.What).ShouldBe(["GET /v1/authority"]);
    }

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("10.1.2.3", "The certificate must be for 10.1.2.3, but is not.")]
    public void A_certificate_holds_for_its_host(string host, string? reason)
    {
        using TestAuthority authority = new();
        using PinnedAuthority pinned = PinnedAuthority.Of(authority.Pem, authority.Fingerprint, TimeProvider.System);
        using var server = authority.Server();

        pinned.WhyNot(server, host, null)?.ShouldStartWith(reason ?? "no reason was expected");
        (pinned.WhyNot(server, host, null) is null).ShouldBe(reason is null);
    }

    [Fact]
    public void A_certificate_holds_in_its_time()
    {
        using TestAuthority authority = new();
        using PinnedAuthority pinned = PinnedAuthority.Of(authority.Pem, authority.Fingerprint, TimeProvider.System);
        using var server = authority.Server(IPAddress.Loopback, DateTimeOffset.UtcNow.AddHours(-1));

        pinned.WhyNot(server, "127.0.0.1", null)!.ShouldContain("NotTimeValid");
    }
}

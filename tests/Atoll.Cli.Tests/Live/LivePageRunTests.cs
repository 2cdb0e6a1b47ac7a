using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atoll.Dashboard.Tests.Page;
using Atoll.Experiments.Protocol;
using Atoll.Ledger.Merkle;
using Atoll.Ledger.Verification;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atoll.Cli.Tests.Live;

/// <summary>The live page in a browser while sites really train, all in processes of their own. What it looked like is kept in <c>artifacts/screenshots</c>.</summary>
public sealed partial class LivePageRunTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    /// <summary>Busy machines take their time.</summary>
    private const float Patience = 120_000;

    /// <summary>More rounds than anybody waits for: the test ends the run, as an operator.</summary>
    private const string Arms = """
          fedavg: { kind: federated, rounds: 5000, evaluate-every: 2, training: { local-epochs: 2000 } }
          fedprox: { kind: federated, rounds: 5000, local-objective: { kind: fed-prox, mu: 0.1 } }
        """;

    private static readonly Screen[] Screens = [Screen.Laptop, Screen.Laptop with { IsDark = true }, Screen.Phone, Screen.Phone with { IsDark = true }];

    private readonly Terminals _terminals = new();

    private Uri Address => new($"https://127.0.0.1:{_terminals.Port}/");

    private string Ledger => _terminals.Shell.At("run", "ledger.jsonl");

    public void Dispose() => _terminals.Dispose();

    [SkippableFact]
    public async Task The_page_follows_sites_that_train_without_a_reload_or_a_login_and_changes_nothing()
    {
        browser.NeedWithCharts();
        (Terminal coordinator, string operatorToken) = await TrainAsync();
        await coordinator.LineAsync("fedavg round 4 of");
        string reason = await SendTooMuchAsync();

        foreach (Screen screen in Screens)
        {
            await using OpenPage page = await browser.OpenServedAsync(Address, screen);
            await ShouldFollowAsync(page, reason);
            await ShouldShowTheLedgerAsync(page);
            await ShouldBeLegibleAsync(page, screen);
            page.Complaints.ShouldBeEmpty(screen.ToString());
            page.Requests.ShouldAllBe(request => request.StartsWith(Address.AbsoluteUri, StringComparison.Ordinal) || request.StartsWith("data:", StringComparison.Ordinal));
        }

        await using OpenPage last = await browser.OpenServedAsync(Address, Screen.Laptop);
        await ShouldHaveNoControlAsync(last);
        (await AbortAsync(operatorToken)).ShouldBe(HttpStatusCode.NoContent);
        await HasTextAsync(last, "[data-live=phases] [aria-current=step]", "aborted");
        await Expect(last.Page.Locator("[data-live=reason]")).ToContainTextAsync("seen enough", new() { Timeout = Patience });
        await HasTextAsync(last, "[data-figure=running] dt", "Took");
        (await last.Page.Locator("[data-site] .state.is-training").CountAsync()).ShouldBe(0, "what is over trains nowhere");
        await coordinator.EndAsync(ExitCode.ArmStopped);
        await Expect(last.Page.Locator("[data-live=lost-words]")).ToContainTextAsync("The run is over", new() { Timeout = Patience });
        await last.KeepAsync("live-run-aborted");
    }

    private async Task<(Terminal Coordinator, string OperatorToken)> TrainAsync()
    {
        Shell shell = _terminals.Shell;
        shell.Write("rows.csv", Samples.Csv);
        shell.Write("experiment.yaml", Samples.Experiment(Arms));
        (await shell.Run("data", "partition", shell.Folder, "--arm", "fedavg", "--out", shell.At("sites"))).ShouldBe(ExitCode.Success, shell.Error);
        Terminal coordinator = _terminals.Serve();
        foreach ((string site, string token) in await Terminals.TokensAsync(coordinator, sites: 3))
        {
            _terminals.Join(token, site);
        }
        return (coordinator, OperatorLine().Match(coordinator.Said).Groups[1].Value);
    }

    /// <summary>What site a would do whose program had gone wrong.</summary>
    /// <returns>Why it was refused.</returns>
    private async Task<string> SendTooMuchAsync()
    {
        using ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(await File.ReadAllBytesAsync(_terminals.Shell.At("state-a", "site.key")), out _);
        using X509Certificate2 issued = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(_terminals.Shell.At("state-a", "certificate.pem")));
        using X509Certificate2 own = issued.CopyWithPrivateKey(key);
        using HttpClient site = Client(own);
        using ByteArrayContent body = new(new byte[10]);
        body.Headers.ContentRange = new ContentRangeHeaderValue(0, 9, 1_000_000_000);
        using HttpResponseMessage refused = await site.PutAsync(new Uri(Address, $"{ProtocolPath.Uploads}/{Digest.Of("too much"u8)}"), body);
        return (await refused.Content.ReadFromJsonAsync(ProtocolJson.Default.ProtocolProblem))!.Message;
    }

    private static async Task ShouldFollowAsync(OpenPage open, string reason)
    {
        await HasTextAsync(open, "[data-live=link]", "Live");
        await Expect(open.Page.Locator("[data-live=phases] [aria-current=step]")).ToHaveTextAsync(new Regex("training|evaluating"), new() { Timeout = Patience });
        (await open.Page.Locator("[data-site] .label").AllTextContentsAsync()).ShouldBe(["a", "b", "c"]);
        await Expect(open.Page.Locator("[data-rejection] .why").First).ToContainTextAsync(reason, new() { Timeout = Patience });
        await open.Page.Locator("[data-chart=convergence] svg path").First.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = Patience });
        int rounds = await RoundsAsync(open);
        await open.Page.EvaluateAsync("document.querySelector('[data-site=a]').isTheSame = true");
        await open.Page.WaitForFunctionAsync("before => Number(document.querySelector('[data-figure=rounds] .big').textContent.replaceAll(',', '')) > before + 1", rounds, new() { Timeout = Patience });
        (await open.Page.EvaluateAsync<bool>("document.querySelector('[data-site=a]').isTheSame === true")).ShouldBeTrue("the page was not loaded again");
        await open.Page.Locator("[data-site] .state.is-training").First.WaitForAsync(new() { Timeout = Patience });
    }

    /// <summary>The root on the page is that of as many entries as it says the ledger in the run's folder begins with.</summary>
    private async Task ShouldShowTheLedgerAsync(OpenPage open)
    {
        string[] shown = await open.Page.EvaluateAsync<string[]>("['ledger-size', 'ledger-root', 'ledger-key'].map(name => document.querySelector(`[data-live=${name}]`).textContent)");
        MerkleTree tree = new();
        VerificationResult ledger = await new LedgerVerifier().VerifyAsync(Ledger, entry => tree.Append(entry.Hash));

        ledger.Problem.ShouldBeNull();
        tree.RootAt(long.Parse(shown[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture)).ToString().ShouldBe(shown[1]);
        shown[2].ShouldBe(ledger.Key!.Fingerprint);
    }

    private static async Task ShouldBeLegibleAsync(OpenPage open, Screen screen)
    {
        await open.KeepAsync($"live-run-{screen}");
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(screen.Width, "the page scrolls sideways");
        (await open.Page.EvaluateAsync<string[]>(ChartProbe.Overlaps)).ShouldBeEmpty("texts in a chart lie on each other");
        JsonElement faint = await open.Page.EvaluateAsync<JsonElement>(ContrastProbe.Script);
        faint.GetProperty("faint").EnumerateArray().Select(text => text.GetString()).ShouldBeEmpty();
    }

    /// <summary>Nothing to send anything with, and who sends by other means is asked who they are.</summary>
    private async Task ShouldHaveNoControlAsync(OpenPage open)
    {
        await open.Page.Locator("main:visible").WaitForAsync(new() { Timeout = Patience });
        (await open.Page.Locator("form, input, textarea").CountAsync()).ShouldBe(0);
        foreach (ILocator button in await open.Page.Locator("main button:visible").AllAsync())
        {
            await button.ClickAsync();
        }
        open.Requests.Select(request => new Uri(request).AbsolutePath).Distinct().ShouldAllBe(path => path == "/" || path.StartsWith("/assets/") || path == ProtocolPath.Status || path == ProtocolPath.Events);
        (await AbortAsync(null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await AbortAsync("atoll-operator-of-another-run")).ShouldBe(HttpStatusCode.Unauthorized);
        int rounds = await RoundsAsync(open);
        await open.Page.WaitForFunctionAsync("before => Number(document.querySelector('[data-figure=rounds] .big').textContent.replaceAll(',', '')) > before", rounds, new() { Timeout = Patience });
        open.Complaints.ShouldBeEmpty();
    }

    private async Task<HttpStatusCode> AbortAsync(string? token)
    {
        using HttpClient anybody = Client();
        anybody.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
        using HttpResponseMessage answer = await anybody.PostAsJsonAsync(new Uri(Address, ProtocolPath.Abort), new AbortRequest { Reason = "I have seen enough." }, ProtocolJson.Default.AbortRequest);
        return answer.StatusCode;
    }

    /// <summary>This test is about what is shown: whether to believe the certificate is other tests' question.</summary>
    private static HttpClient Client(X509Certificate2? own = null)
    {
        SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        handler.SslOptions.ClientCertificates = own is null ? null : [own];
        return new(handler);
    }

    private static async Task<int> RoundsAsync(OpenPage open) =>
        int.Parse((await open.Page.Locator("[data-figure=rounds] .big").TextContentAsync())!, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static Task HasTextAsync(OpenPage open, string selector, string text) => Expect(open.Page.Locator(selector)).ToHaveTextAsync(text, new() { Timeout = Patience });

    [GeneratedRegex("^operator +(\\S+)", RegexOptions.Multiline)]
    private static partial Regex OperatorLine();
}

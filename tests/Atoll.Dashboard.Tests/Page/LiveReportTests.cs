using Atoll.Dashboard.Report;
using Atoll.Dashboard.Tests.Samples;

namespace Atoll.Dashboard.Tests.Page;

/// <summary>The report of a run across machines speaks of sites, not of this machine, and of no baseline.</summary>
public sealed class LiveReportTests
{
    private static readonly string Html = ReportWriter.Render(LiveRun.Make(), script: null);

    [Theory]
    [InlineData("centralized")]
    [InlineData("on this machine")]
    [InlineData("alone")]
    [InlineData("epoch")]
    public void Nothing_is_said_of_what_the_run_did_not_have(string words) =>
        Html[Html.IndexOf("<body", StringComparison.Ordinal)..].ShouldNotContain(words, Case.Insensitive);

    [Theory]
    [InlineData("The arms against each other")]
    [InlineData("not computed, rows never met")]
    [InlineData("as metered at the sites")]
    [InlineData("atoll ledger verify RUN")]
    [InlineData("The coordinator’s machine")]
    public void What_it_had_is_said(string words) => System.Net.WebUtility.HtmlDecode(Html).ShouldContain(words);

    [Fact]
    public void The_key_and_the_root_are_those_of_the_ledger()
    {
        Html.ShouldContain(LiveRun.Make().Live!.Fingerprint);
        Html.ShouldContain(LiveRun.Make().Live!.Root);
    }
}

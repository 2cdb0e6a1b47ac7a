using Atoll.Cli.Running;

namespace Atoll.Cli.Tests.Running;

public sealed class PlanViewTests
{
    [Fact]
    public void A_plan_shows_rows_sites_labels_and_arms()
    {
        string[] lines = Lines(80, repeat: 5, sites: 3);

        lines.ShouldContain("small: seeds 7 to 11, 2 threads");
        lines.ShouldContain("39 rows (33 to train, 6 to test), 2 features, 2 classes, 3 sites");
        lines.ShouldContain("site-2     12     2  █▆");
        lines.ShouldContain("labels: no, yes, each against the site's most frequent");
        lines.ShouldContain("fedavg       federated               100 rounds              3       4,810");
    }

    [Fact]
    public void Many_sites_are_told_by_their_spread()
    {
        string[] lines = Lines(120, repeat: 1, sites: 100);

        lines.ShouldContain("Rows to train on at a site: 10 at least, 60 at the middle one, 109 at most");
        lines.ShouldNotContain(line => line.StartsWith("site-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal(int width) => Lines(width, repeat: 5, sites: 20).ShouldAllBe(line => line.Length <= width);

    private static string[] Lines(int width, int repeat, int sites)
    {
        StringWriter writer = new() { NewLine = "\n" };
        PlanView.Write(Samples.Plan(repeat, sites, Samples.Arm("centralized", kind: "centralized"), Samples.Arm("fedavg")), new Terminal(writer, isLive: false, width));
        return writer.ToString().Split('\n');
    }
}

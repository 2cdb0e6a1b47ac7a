using Atoll.Cli.Serving;

namespace Atoll.Cli.Tests.Serving;

public sealed class StatusViewTests
{
    [Fact]
    public void A_status_reads_at_a_glance() => Lines(80).ShouldBe(
    [
        "hospitals: training, for 12 min 20 s",
        "Round 8 of fedprox: 2 of 4 updates are in. It waits for Switzerland until",
        "09:39:10, and goes on without Long Beach.",
        "",
        "arm        rounds  this round  accuracy   loss       up     down",
        "───────  ────────  ──────────  ────────  ─────  ───────  ───────",
        "fedavg   15 of 15           –    80.6 %  0.430  18.7 kB  18.7 kB",
        "fedprox   7 of 15      2 of 4    79.0 %  0.430  8.74 kB  8.74 kB",
        "fedadam   0 of 15           –         –      –      0 B      0 B",
        "",
        "site         state          seen  task  rows  updates  refused            energy",
        "───────────  ────────  ─────────  ────  ────  ───────  ───────  ────────────────",
        "Cleveland    online          now     –   172       22        0  1,840 J measured",
        "Switzerland  training   41 s ago  31 %   172       22        1    960 J modelled",
        "Long Beach   lost      6 min ago     –   172       22        0  1,420 J modelled",
        "Hungary      expected          –     –     –        0        0                 –",
        "",
        "Energy at the sites so far: 1,840 J measured, 2,380 J modelled.",
        "",
        "refused 1; the last 12 s ago (Switzerland, fedprox, round 6): An update must",
        "        belong to a round that is open, but·[2J fedprox round 6 was closed 4 s",
        "        before.",
        "ledger  1,482 entries, root 4813494d137e1631 bba301d5acab6e7b b7aa74ce1185d456",
        "        565ef51d737677b2",
        "key     sha256:2c70e12b7a0646f9 2279f427c7b38e73 34d8e5389cff167a",
        "        1dc30e73f826b683",
    ]);

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(120)]
    public void Nothing_is_wider_than_the_terminal(int width)
    {
        string[] lines = Lines(width, "Universitätsklinikum-der-Ludwig-Maximilians-Universität-München-Campus-Großhadern");

        lines.ShouldAllBe(line => line.Length <= width);
        lines.ShouldContain(line => line.Contains("training", StringComparison.Ordinal) && line.Contains("Switz", StringComparison.Ordinal));
    }

    private static string[] Lines(int width, string longestName = "Long Beach")
    {
        using StringWriter writer = new();
        StatusView.Write(SampleStatus.Training(longestName), new Terminal(writer, isLive: false, width));
        return writer.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }
}

using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Experiments.Protocol;
using Spectre.Console;

namespace Atoll.Cli.Serving;

/// <summary>What an operator is told before sites come.</summary>
internal static class ServeView
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static void Write(RunStatus status, ServedFolder served, string folder, Uri url, RunSecrets secrets, Terminal terminal)
    {
        terminal.Line($"{status.Name} across machines, seed {status.Seed}", Bold);
        terminal.Entry("run        ", served.Run);
        terminal.Entry("folder     ", folder);
        terminal.Entry("arms       ", string.Join(", ", status.Arms.Select(arm => $"{arm.Name} ({arm.Rounds} rounds)")));
        terminal.Entry("sites      ", string.Join(", ", served.Sites));
        terminal.Entry("page       ", $"{url} (its certificate is the run's own authority's: your browser asks)");
        terminal.Line($"authority  sha256 {secrets.AuthorityFingerprint}");
        terminal.Line($"ledger     {status.Ledger.Fingerprint}");
        if (secrets.NewOperatorToken is { } token)
        {
            terminal.Line($"operator   {token}");
            terminal.Entry("           ", "aborts the run (`atoll abort --help`), and is shown this once");
        }
    }

    /// <summary>A line for each site, to hand to its people in private.</summary>
    public static void Invite(IReadOnlyList<JoinToken> tokens, Terminal terminal)
    {
        if (tokens.Count == 0)
        {
            return;
        }
        terminal.Line();
        terminal.Paragraph($"Each site joins with a line of its own, once, until {tokens[0].Expires.ToLocalTime():yyyy-MM-dd HH:mm}:");
        foreach (JoinToken token in tokens)
        {
            terminal.Line();
            terminal.Line($"# {token.Site}");
            terminal.Line($"atoll join {token} --data FILE");
        }
        terminal.Line();
    }
}

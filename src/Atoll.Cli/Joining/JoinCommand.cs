using System.CommandLine;
using System.Globalization;

namespace Atoll.Cli.Joining;

/// <summary><c>atoll join TOKEN --data FILE</c>: takes part in a run with the rows of one site.</summary>
internal static class JoinCommand
{
    public static Command Create()
    {
        Argument<string?> what = new("TOKEN|URL") { Arity = ArgumentArity.ZeroOrOne, Description = "The token that `atoll serve` printed for this site; or the coordinator's address, where the token is given otherwise." };
        Option<string?> token = new("--token") { Description = "The token. Better: the variable ATOLL_TOKEN, or --token-file, since others can read command lines.", HelpName = "TOKEN" };
        Option<string?> tokenFile = new("--token-file") { Description = "A file that holds the token.", HelpName = "FILE" };
        Option<string[]> data = new("--data") { Description = "The site's CSV files; they stay here.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        Option<string?> state = new("--state") { Description = "The site's private folder: new, or that of a site that has joined before, which then needs no token. [default: atoll-site-NAME-RUN]", HelpName = "FOLDER" };
        Option<string?> hardware = new("--hardware") { Description = "What trains here, for the record: a name of `atoll hardware list`.", HelpName = "NAME" };
        Option<string?> grid = new("--grid") { Description = "The grid that it is on, for the record: a name of `atoll grid list`.", HelpName = "NAME" };
        Option<double?> pue = new("--pue") { Description = "The facility's energy for each unit that its computers take, for the record.", HelpName = "NUMBER", CustomParser = Pue };
        Option<bool> dryRun = new("--dry-run") { Description = "Check the data, also against the sites that are in, and show what would leave the machine. Joins nothing, and does not use the token up." };
        Option<bool> yes = new("--yes") { Description = "Agree to what will leave the machine without being asked." };
        Option<bool> json = new("--json") { Description = "Print events as JSON, one a line, on standard output; text for people goes to standard error." };
        Verb command = new("join", "Takes part in a run across machines with the rows of one site, which stay here.")
        {
            Footer = """
                Examples:
                  atoll join atoll1_eyJ1cmwi… --data berlin.csv --dry-run
                  atoll join --token-file berlin.token --data berlin.csv --grid DE --pue 1.3
                  atoll join --state atoll-site-berlin-hospitals

                Data is checked against the experiment first, and you are asked before anything of it leaves. Ctrl-C stops at once; the last line says how to go on.
                The folder holds the site's key, what it agreed to, and audit.jsonl: everything that was sent. It needs no open port: all connections go out.

                """,
        };
        command.Add(what);
        foreach (Option option in new Option[] { token, tokenFile, data, state, hardware, grid, pue, dryRun, yes, json })
        {
            command.Add(option);
        }
        command.SetAction((parsed, cancellation) => new JoinSession(new()
        {
            What = parsed.GetValue(what),
            Token = parsed.GetValue(token),
            TokenFile = parsed.GetValue(tokenFile),
            Data = parsed.GetValue(data) ?? [],
            State = parsed.GetValue(state),
            Hardware = parsed.GetValue(hardware),
            Grid = parsed.GetValue(grid),
            Pue = parsed.GetValue(pue),
            DryRun = parsed.GetValue(dryRun),
            Yes = parsed.GetValue(yes),
            Json = parsed.GetValue(json),
        }, parsed.InvocationConfiguration).RunAsync(cancellation));
        return command;
    }

    private static double? Pue(System.CommandLine.Parsing.ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is >= 1 and <= 10)
        {
            return value;
        }
        argument.AddError($"--pue must be a number from 1 to 10 (was '{text}').");
        return null;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Atoll.Footprint.Quantities;
using Microsoft.Extensions.Logging;

namespace Atoll.Cli.Serving;

/// <summary><c>atoll serve PATH</c>: coordinates a run across machines.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        Argument<string> path = new("PATH") { Description = "An experiment file, or a folder that holds experiment.yaml." };
        Option<string?> folder = new("--out") { Description = "The run folder: new, or that of a run to go on with. [default: the newest unfinished run of this experiment in runs/, else a new one]", HelpName = "FOLDER" };
        Option<bool> fresh = new("--new") { Description = "Begin a new run, even where one waits to be gone on with." };
        Option<IPEndPoint?> listen = Parsed("--listen", "ADDRESS:PORT", $"Where to answer. [default: 127.0.0.1:{ServeChoices.DefaultPort}, which other machines do not reach]", "an address and a port, like 0.0.0.0:8443",
            text => IPEndPoint.TryParse(text, out IPEndPoint? end) && text.Contains(':', StringComparison.Ordinal) ? end : null);
        Option<Uri?> url = Parsed("--url", "URL", "The address that sites reach it by: it goes into their tokens and the coordinator's certificate. [default: what it listens on]", "like https://host:8443",
            text => Uri.TryCreate(text, UriKind.Absolute, out Uri? given) && given.Scheme == Uri.UriSchemeHttps && given.AbsolutePath == "/" && given.Query.Length == 0 ? given : null);
        Option<string[]> arms = new("--arm") { Description = "Only these arms. Only federated ones are trained across machines.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        Option<ulong?> seed = new("--seed") { Description = "The seed, in place of the file's.", HelpName = "N" };
        Option<string?> sites = new("--sites") { Description = "The sites' names, in order, with commas between. [default: those of the data, where it is here; else those that the file describes]", HelpName = "A,B" };
        Option<TimeSpan?> lifetime = new("--token-lifetime")
        {
            Description = "How long a site has to join, like '3 d' or '12 h'. [default: 7 d]", HelpName = "TIME",
            CustomParser = argument => Lifetime(argument),
        };
        Option<Uri?> store = Parsed("--store", "URL", "Keep ledger and bodies in a database: several coordinators may serve one run, one at a time. [default: the run folder]", "like postgres://user@host/database",
            text => Uri.TryCreate(text, UriKind.Absolute, out Uri? given) && given.Scheme is "postgres" or "postgresql" ? new Uri(text) : null);
        Option<LogLevel?> log = new("--log") { Description = "Log to standard error, a JSON object a line, from this level on: Debug, Information, Warning.", HelpName = "LEVEL" };
        Option<bool> keep = new("--keep-updates") { Description = "Keep the bodies of all updates that count, and of the models between, so that anyone can add them up again: as many bytes as the sites send." };
        Verb command = new("serve", "Coordinates a run across machines: prints a line for each site to join with, and trains with those that do.")
        {
            Footer = """
                Examples:
                  atoll serve examples/hospitals
                  atoll serve my.yaml --listen 0.0.0.0:8443 --url https://atoll.example.org:8443
                  atoll serve my.yaml --out runs/trial --sites berlin,paris,rome

                The same command again goes on where it was stopped, however it was stopped. The run folder gets ledger.jsonl, report.html, result.json and
                models/ARM.safetensors; RUN/secrets holds the run's keys and is nobody else's business.

                """,
        };
        command.Add(path);
        foreach (Option option in new Option[] { folder, fresh, listen, url, arms, seed, sites, lifetime, store, keep, log })
        {
            command.Add(option);
        }
        command.SetAction((parsed, cancellation) => new ServeSession(new()
        {
            Path = parsed.GetRequiredValue(path),
            Folder = parsed.GetValue(folder),
            New = parsed.GetValue(fresh),
            Listen = parsed.GetValue(listen) ?? new(IPAddress.Loopback, ServeChoices.DefaultPort),
            Url = parsed.GetValue(url),
            Arms = parsed.GetValue(arms) ?? [],
            Seed = parsed.GetValue(seed),
            Sites = parsed.GetValue(sites)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            TokenLifetime = parsed.GetValue(lifetime) ?? TimeSpan.FromDays(7),
            Store = parsed.GetValue(store),
            KeepUpdates = parsed.GetValue(keep),
            Log = parsed.GetValue(log),
        }, parsed.InvocationConfiguration).RunAsync(cancellation));
        return command;
    }

    private static Option<T?> Parsed<T>(string name, string help, string description, string rule, Func<string, T?> parse) where T : class => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            T? value = parse(text);
            if (value is null)
            {
                // A database's address may hold a password.
                argument.AddError(name == "--store" ? $"{name} must be {rule}." : $"{name} must be {rule} (was '{text}').");
            }
            return value;
        },
    };

    private static TimeSpan? Lifetime(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        try
        {
            if (Quantity<Time>.Parse(text).Value is >= 60 and <= 366 * 86_400.0 and double seconds)
            {
                return TimeSpan.FromSeconds(seconds);
            }
        }
        catch (FormatException)
        {
            // said below
        }
        argument.AddError($"--token-lifetime must be from a minute to a year, like '3 d' (was '{text}').");
        return null;
    }
}

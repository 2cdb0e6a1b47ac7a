using System.CommandLine;
using Atoll.Experiments.Protocol;

namespace Atoll.Cli.Serving;

/// <summary><c>atoll status URL-or-RUN</c>: a live run at a glance.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        Argument<string> run = new("RUN") { Description = "The coordinator's address (https://host:port), or the run's folder." };
        Option<string?> authority = new("--authority")
        {
            Description = "Whose certificates to believe: the SHA-256 that `atoll serve` prints, a certificate (PEM), or the run's folder.", HelpName = "SHA256",
        };
        Option<bool> json = new("--json") { Description = "The status as JSON, one line each." };
        Option<bool> watch = new("--watch") { Description = "Go on until the run is over." };
        Verb command = new("status", "How a run across machines stands: its phase, arms, sites, refusals and ledger. Reads only.")
        {
            Footer = """
                Examples:
                  atoll status https://coordinator.example:8443 --authority 3f9a…   the SHA-256 is in what `atoll serve` printed
                  atoll status runs/hospitals-20260301-1200                         where the run's folder is at hand: as of its ledger's last entry
                  atoll status runs/hospitals-20260301-1200 --watch

                """,
            Arguments = { run },
            Options = { authority, json, watch },
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            StatusScreen screen = new(output, Terminal.Of(output), parsed.GetValue(json));
            using IStatusSource source = SourceOf(parsed.GetRequiredValue(run), parsed.GetValue(authority), TimeProvider.System);
            if (parsed.GetValue(watch))
            {
                await WatchAsync(source, screen, TimeProvider.System, cancellation);
            }
            else
            {
                screen.Show(await source.ReadAsync(cancellation));
            }
        });
        return command;
    }

    internal static IStatusSource SourceOf(string run, string? authority, TimeProvider time)
    {
        if (!run.Contains("://", StringComparison.Ordinal))
        {
            return authority is null ? new FolderStatus(run)
                : throw new CommandException(ExitCode.Usage, "--authority goes with a coordinator's address; a run's folder is believed as it is.");
        }
        return new CoordinatorStatus(PinnedCoordinator.At(run, authority, time));
    }

    /// <summary>Shows every change until the run is over. Who does not answer is asked again.</summary>
    internal static async Task WatchAsync(IStatusSource source, StatusScreen screen, TimeProvider time, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Interval, time);
        do
        {
            RunStatus status;
            try
            {
                status = await source.ReadAsync(cancellation);
            }
            catch (IOException e)
            {
                screen.Lost(e.Message, time.GetUtcNow());
                continue;
            }
            screen.Show(status);
            if (status.Phase is RunPhase.Finished or RunPhase.Aborted)
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }
}

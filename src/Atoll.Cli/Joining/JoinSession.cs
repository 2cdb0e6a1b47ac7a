using System.CommandLine;
using Atoll.Cli.Datasets;
using Atoll.Client.Live;
using Atoll.Client.Live.Connection;
using Atoll.Experiments.Protocol;
using Atoll.Footprint.Meters;
using Atoll.Ledger.Entries;
using Atoll.Ledger.Heads;
using Atoll.Simulation;
using Atoll.Simulation.Metering;
using Spectre.Console;

namespace Atoll.Cli.Joining;

/// <summary>One site's part in a run from the command line: show, ask, join, work.</summary>
/// <param name="ask">Asks the operator to agree; null where there is nobody to ask. The console's own question by default.</param>
internal sealed class JoinSession(JoinChoices choices, InvocationConfiguration console, Func<string, bool?>? ask = null)
{
    private readonly Terminal _terminal = Terminal.Of(choices.Json ? console.Error : console.Output);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        JoinToken? token = TokenChoice.Of(choices, Environment.GetEnvironmentVariable);
        string? state = choices.State ?? (token is null ? null : DefaultState(token));
        if (state is null || (choices.DryRun && token is null))
        {
            throw new CommandException(ExitCode.Usage, $"A token is needed to join: as TOKEN, in --token-file or in {TokenChoice.Variable}. A site that has joined goes on with --state FOLDER alone.");
        }
        using MachineMeter meter = MachineMeter.Open();
        SiteSettings settings = new()
        {
            Client = $"atoll {ExperimentRun.Version}",
            Meter = new MachineWorkMeter(meter),
            Tell = new NewsLines(choices.Json ? console.Output : null, _terminal, TimeZoneInfo.Local).Write,
        };
        try
        {
            if (token is not null && (choices.DryRun || !SiteSession.HasJoined(state)))
            {
                int? over = await InviteAsync(token, state, settings, cancellation);
                if (over is { } code)
                {
                    return code;
                }
            }
            return await WorkAsync(state, token, settings, meter, cancellation);
        }
        catch (DifferentHistoryException fork)
        {
            throw new CommandException(ExitCode.DifferentHistory, $"{fork.Message}\nThis site takes no further part. Keep both files: they are the evidence, and need nobody's word.", fork);
        }
        catch (Exception e) when (e is CoordinatorRefusedException or WrongCoordinatorException or ExpiredTokenException)
        {
            throw new CommandException(ExitCode.Refused, e.Message, e);
        }
        catch (ProtocolException e)
        {
            throw new CommandException(ExitCode.Failure, e.Message, e);
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.Interrupted, SiteSession.IsThere(state) ? $"interrupted; what was done is kept. Go on with:\natoll join --state {state}" : "interrupted; nothing was joined.", e);
        }
    }

    /// <returns>The exit code where this is all; null where the site is to go on.</returns>
    private async Task<int?> InviteAsync(JoinToken token, string state, SiteSettings settings, CancellationToken cancellation)
    {
        if (choices.Data.Count == 0)
        {
            throw new CommandException(ExitCode.Usage, "--data must name the site's CSV file, or files. They stay on this machine.");
        }
        SiteDeclaration? declares = DeclarationChoice.Of(choices);
        string[] files = [.. choices.Data.Select(Path.GetFullPath)];
        using SiteInvitation invitation = await SiteInvitation.OpenAsync(token, settings, cancellation);
        CsvRows rows = CsvRows.Read(invitation.Description, files);
        Disclosure disclosure = Faults.OfInput(string.Join(", ", choices.Data), () => Disclosure.Of(invitation.Experiment, rows, declares, invitation.Description.Joined));
        invitation.RequireTogether(rows);
        DisclosureView.Write(invitation.Description, token.Url, disclosure, _terminal);
        if (choices.DryRun)
        {
            _terminal.Paragraph("A dry run: nothing was joined, nothing of the data was sent, and the token is as good as before.");
            return ExitCode.Success;
        }
        bool? agreed = choices.Yes ? true : ask is not null ? ask("Join? [y/N] ") : await AskAsync("Join? [y/N] ", cancellation);
        if (agreed is null)
        {
            throw new CommandException(ExitCode.Usage, "There is nobody to ask whether this may leave the machine: with --yes you agree beforehand. Nothing was joined.");
        }
        if (agreed is false)
        {
            _terminal.Paragraph("Not joined. Nothing of the data was sent, nothing was kept, and the token is as good as before.");
            return ExitCode.Declined;
        }
        invitation.Accept(state, files, declares);
        return null;
    }

    private async Task<int> WorkAsync(string state, JoinToken? token, SiteSettings settings, MachineMeter meter, CancellationToken cancellation)
    {
        using SiteSession session = new(state, settings, TokenChoice.Address(choices), choices.Data.Count > 0 ? [.. choices.Data.Select(Path.GetFullPath)] : null);
        if (token is not null && (token.Run, token.Site) != (session.Identity.Run, session.Identity.Site))
        {
            throw new CommandException(ExitCode.Usage, $"{state} is the folder of {session.Identity.Site} in the run {session.Identity.Run}, but the token invites {token.Site} to {token.Run}: give it another --state.");
        }
        if (token is null && DeclarationChoice.Of(choices) is { } declares && declares != session.Identity.Declares)
        {
            throw new CommandException(ExitCode.Usage, $"--hardware, --grid and --pue are declared once, when a site joins, and {session.Identity.Site} declared {DeclarationChoice.Text(session.Identity.Declares)}: leave them out to go on.");
        }
        _terminal.Paragraph($"Site {session.Identity.Site} of the run {session.Identity.Run}; its folder is {session.Folder}. Energy: {meter.Description}", new Style(decoration: Decoration.Dim));
        SiteOutcome outcome = await session.RunAsync((description, files) => CsvRows.Read(description, files), cancellation);
        foreach ((string arm, string file) in outcome.Models)
        {
            _terminal.Line($"The model of {arm}: {file}");
        }
        if (outcome.Missing.Count > 0)
        {
            throw new CommandException(ExitCode.Failure, $"The run is over, but could not be asked for the models of {string.Join(", ", outcome.Missing)} any more. Its operator has them, in the run folder as models/ARM.safetensors. While the coordinator still runs, this goes on fetching them:\natoll join --state {state}");
        }
        if (outcome.Stopped.Count > 0)
        {
            _terminal.Paragraph($"There is no model of {string.Join(", ", outcome.Stopped)}, which was stopped early. `atoll status {session.Identity.Url}` says why while the coordinator runs.");
        }
        return outcome.Finished && outcome.Stopped.Count == 0 ? ExitCode.Success : ExitCode.ArmStopped;
    }

    /// <summary>The folder of a site that gives none: the same for the same token.</summary>
    internal static string DefaultState(JoinToken token) => RunName.IsLegal(token.Run) ? $"atoll-site-{(RunName.IsLegal(token.Site) ? token.Site : SiteFiles.Plain(token.Site))}-{token.Run}"
        : throw new CommandException(ExitCode.Usage, $"The name of the run, '{token.Run}', makes no folder's name: choose one with --state.");

    private async Task<bool?> AskAsync(string question, CancellationToken cancellation)
    {
        if (Console.IsInputRedirected)
        {
            return null;
        }
        console.Error.Write(question);
        string? said = await Task.Run(Console.ReadLine, CancellationToken.None).WaitAsync(cancellation); // a console's line cannot be called off: the program ends while it waits
        return said?.Trim() is { } answer && answer.StartsWith("y", StringComparison.OrdinalIgnoreCase);
    }
}

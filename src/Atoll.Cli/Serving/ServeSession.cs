using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Atoll.Cli.Running;
using Atoll.Coordinator.Hosting;
using Atoll.Coordinator.Hosting.Secrets;
using Atoll.Coordinator.Live;
using Atoll.Dashboard.Live;
using Atoll.Dashboard.Report;
using Atoll.Experiments;
using Atoll.Experiments.Protocol;
using Atoll.Experiments.Results;
using Atoll.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Atoll.Cli.Serving;

/// <summary>One coordinator from the command line: begin or go on, invite, show, report.</summary>
internal sealed class ServeSession(ServeChoices choices, InvocationConfiguration console)
{
    /// <summary>How long sites may take to ask for the end, and to fetch what they are told of.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromMinutes(2);

    /// <summary>A site that was lost, but heard of so lately, is most likely on its way back.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly Terminal _terminal = Terminal.Of(console.Output);
    private readonly string _file = Choice.File(choices.Path);

    /// <summary>Whether anybody may have been told of the run: from then on its folder stays.</summary>
    private bool _isTold;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        Experiment experiment = ExperimentFile.Read(choices.Path);
        experiment = Choice.Only(experiment with { Seed = choices.Seed ?? experiment.Seed }, choices.Arms);
        if (!experiment.Arms.Values.Any(arm => arm is FederatedArm))
        {
            throw new CommandException(ExitCode.BadInput, $"{_file}: a run across machines trains federated arms, but this has no federated arm{(choices.Arms.Count > 0 ? " among those that --arm names" : "")}.");
        }
        string? known = choices.Folder ?? (choices.New ? null : ServedFolder.Unfinished(experiment));
        ServedFolder? served = known is null ? null : ServedFolder.Read(known);
        served?.RequireSame(known!, experiment, choices);
        served?.RequireLedger(known!);
        if (served is null && choices.Folder is { } given)
        {
            Runs.RequireFree(given, $"atoll serve {choices.Path} --out {given}");
        }
        IReadOnlyList<string> sites = served?.Sites ?? SiteNames.Of(choices.Sites, experiment, _file);
        Uri url = choices.Reached(choices.Listen.Port);
        bool isNew = served is null;
        string folder = known ?? Runs.Claim(experiment.Name, DateTimeOffset.Now);
        served ??= ServedFolder.Create(folder, experiment, sites, choices, DateTimeOffset.UtcNow);
        try
        {
            return await ServeAsync(experiment, served, folder, url, cancellation);
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.Interrupted, $"stopped; what sites were told is in {folder}. The same command goes on from there, or, from anywhere:\n{Again(folder)}", e);
        }
        catch (CommandException) when (isNew && !_isTold)
        {
            Runs.GiveBack(folder);
            throw;
        }
    }

    private async Task<int> ServeAsync(Experiment experiment, ServedFolder served, string folder, Uri url, CancellationToken cancellation)
    {
        await using RunStore store = await RunStore.OpenAsync(choices.Store, served.Run, folder, sentence => _terminal.Paragraph(sentence), cancellation);
        // Only now: while this process stood by, the one before it may have given out tokens.
        using RunSecrets secrets = RunSecrets.Open(Path.Combine(folder, "secrets"), served.Run, TimeProvider.System);
        if (store.Ledger.Recovered is { } recovered)
        {
            _terminal.Paragraph(recovered);
        }
        await using LiveRun run = await OpenAsync(experiment, served, folder, secrets, store, cancellation);
        if (!served.HasBegun)
        {
            served = served with { HasBegun = true };
            served.Write(folder);
        }
        bool wasOver = IsOver(run);
        if (wasOver && Untold(run, served, andLost: true) is [])
        {
            int code = await ConcludeAsync(run, store, folder, cancellation);
            (served with { IsConcluded = true }).Write(folder);
            _terminal.Paragraph($"{run.Status().Reason} Every site that took part knows: there is nothing left to do in {folder}.");
            return code;
        }
        await using CoordinatorHost host = await HostAsync(run, secrets, folder, url, cancellation);
        _isTold = true;
        ServeView.Write(run.Status(), served, folder, url, secrets, _terminal);
        ServeView.Invite(Invite(run, served, secrets, url), _terminal);
        await FollowAsync(run, store, cancellation);
        int ended = await ConcludeAsync(run, store, folder, cancellation);
        await FarewellAsync(run, served, Untold(run, served, andLost: wasOver), folder, host, cancellation);
        return ended;
    }

    /// <summary>Everything that a run that is over leaves in its folder.</summary>
    private async Task<int> ConcludeAsync(LiveRun run, RunStore store, string folder, CancellationToken cancellation)
    {
        await run.Ended.WaitAsync(cancellation); // says why where it broke
        await store.WriteToFolderAsync(folder, run.Outlasting, cancellation);
        RunResult result = run.Result();
        ResultView.Write(result, _terminal);
        string report = Path.GetFullPath(Path.Combine(folder, RunSession.ReportName));
        ReportWriter.Write(result, report);
        ResultView.WriteReport(report, _terminal);
        return run.Status().Phase == RunPhase.Aborted || result.Arms.Any(arm => arm.Stopped is not null) ? ExitCode.ArmStopped : ExitCode.Success;
    }

    private async Task<LiveRun> OpenAsync(Experiment experiment, ServedFolder served, string folder, RunSecrets secrets, RunStore store, CancellationToken cancellation)
    {
        try
        {
            return await LiveRun.OpenAsync(new()
            {
                Experiment = experiment, Sites = served.Sites, Run = served.Run, Folder = folder, Key = secrets.SigningKey, Store = store.Ledger, Blobs = store.Blobs, Version = ExperimentRun.Version, KeepUpdates = served.KeepsUpdates,
            }, cancellation);
        }
        catch (Exception e) when (Faults.InInput(e) is { } problem)
        {
            throw new CommandException(ExitCode.BadInput, $"{_file}: {problem}", e);
        }
    }

    private async Task<CoordinatorHost> HostAsync(LiveRun run, RunSecrets secrets, string folder, Uri url, CancellationToken cancellation)
    {
        try
        {
            return await CoordinatorHost.StartAsync(run, secrets, new()
            {
                Listen = choices.Listen, Hosts = [url.Host], UploadFolder = Path.Combine(folder, "uploads"),
                PagePolicy = LivePage.Policy,
                Page = path => LivePage.Find(path) is { } file ? new(file.Bytes, file.ContentType) : null,
                Logging = choices.Log is not { } level ? null : logging => logging.SetMinimumLevel(level).AddJsonConsole()
                    .Services.Configure<ConsoleLoggerOptions>(to => to.LogToStandardErrorThreshold = LogLevel.Trace),
            }, cancellation);
        }
        catch (Exception taken) when (taken is IOException or SocketException)
        {
            throw new CommandException(ExitCode.Failure, $"--listen {choices.Listen} cannot be listened on: {taken.Message}", taken);
        }
    }

    /// <summary>A token for each site that may still join.</summary>
    private IReadOnlyList<JoinToken> Invite(LiveRun run, ServedFolder served, RunSecrets secrets, Uri url) =>
        run.Status().Phase != RunPhase.Enrolling ? [] : secrets.Invite(served.Sites.Where(site => run.KeyOf(site) is null), url, choices.TokenLifetime);

    /// <summary>Says what happens until the run is over.</summary>
    private async Task FollowAsync(LiveRun run, RunStore store, CancellationToken cancellation)
    {
        RunStatus? before = null;
        Task stop = Task.Delay(Timeout.Infinite, cancellation);
        while (true)
        {
            RunStatus now = run.Status();
            foreach (string line in RunNews.Between(before, now))
            {
                _terminal.Line($"{now.Now.ToLocalTime():HH:mm:ss}  {line}");
            }
            before = now;
            if (run.Ended.IsCompleted)
            {
                return;
            }
            if (store.Lost.IsCompleted)
            {
                throw new CommandException(ExitCode.Failure, $"{await store.Lost} The same command stands by for its turn.");
            }
            await Task.WhenAny(run.ChangedAsync(now.Ledger.Size, cancellation), run.Ended, store.Lost, stop, Task.Delay(Beat, cancellation)); // who is connected changes without an entry
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Sites hear that it is over, and fetch the models, before the coordinator goes.</summary>
    private async Task FarewellAsync(LiveRun run, ServedFolder served, IReadOnlyList<string> untold, string folder, CoordinatorHost host, CancellationToken cancellation)
    {
        if (untold.Except(host.Told).ToArray() is { Length: > 0 } waiting)
        {
            _terminal.Paragraph($"{run.Status().Reason} Waiting for up to {FarewellTime.TotalMinutes:0} min, until these sites know it and have the models: {string.Join(", ", waiting)}.");
        }
        bool isConcluded = false;
        try
        {
            if (!await WithinPatienceAsync(wait => host.AllToldAsync(untold, wait), host, cancellation))
            {
                _terminal.Paragraph($"Not every site has come for the end ({string.Join(", ", untold.Except(host.Told))}). The same command, with --out, tells them when it is run again.");
            }
            else if (!await WithinPatienceAsync(host.AllGoneAsync, host, cancellation))
            {
                _terminal.Paragraph("Every site knows, but one keeps its connection and fetches nothing: it is not waited for.");
            }
            isConcluded = true;
        }
        finally
        {
            (served with { Told = [.. served.Told.Union(host.Told)], IsConcluded = isConcluded }).Write(folder);
        }
    }

    /// <summary>A model that is on its way is waited for, however long it takes.</summary>
    private static async Task<bool> WithinPatienceAsync(Func<CancellationToken, Task> wait, CoordinatorHost host, CancellationToken cancellation)
    {
        while (true)
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(FarewellTime);
            try
            {
                await wait(patience.Token);
                return true;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                if (!host.IsSending)
                {
                    return false;
                }
            }
        }
    }

    private static bool IsOver(LiveRun run) => run.Status().Phase is RunPhase.Finished or RunPhase.Aborted;

    /// <summary>The sites that take part and do not know yet that it is over.</summary>
    /// <param name="andLost">Also those that were lost long before it ended: nobody waits for them, until the command is given again.</param>
    private static IReadOnlyList<string> Untold(LiveRun run, ServedFolder served, bool andLost)
    {
        RunStatus status = run.Status();
        return [.. status.Sites.Where(site => site.Activity != SiteActivity.Expected && (andLost || site.Activity != SiteActivity.Lost || IsLately(status.Now - site.Seen))).Select(site => site.Name).Except(served.Told)];
    }

    /// <summary>Of a site that this process never heard, only those before it did: it may be on its way back from then.</summary>
    private static bool IsLately(TimeSpan? ago) => ago is null || ago < Lately;

    /// <summary>The command as it was given, with the folder; a password in the store's address is the operator's to add.</summary>
    private string Again(string folder) => string.Join(' ', ((string?[])
    [
        $"atoll serve {choices.Path} --out {folder}",
        choices.Arms.Count > 0 ? $"--arm {string.Join(' ', choices.Arms)}" : null,
        choices.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"--seed {seed}") : null,
        choices.Listen.Equals(new ServeChoices { Path = "" }.Listen) ? null : $"--listen {choices.Listen}",
        choices.Url is { } url ? $"--url {url.GetLeftPart(UriPartial.Authority)}" : null,
        choices.Store is { } store ? $"--store {WithoutPassword(store)}" : null,
    ]).Where(part => part is not null));

    private static string WithoutPassword(Uri store) => new UriBuilder(store) { Password = "" }.Uri.AbsoluteUri;
}

using System.CommandLine;
using System.Text.Json;
using Atoll.Cli.Datasets;
using Atoll.Dashboard.Report;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Footprint.Meters;
using Atoll.Learning.Data;
using Atoll.Planning.Workloads;
using Atoll.Simulation;
using Atoll.Simulation.Folder;
using Atoll.Simulation.Metering;
using Spectre.Console;

namespace Atoll.Cli.Running;

/// <summary>One run from the command line: prepare, show, train, show, report.</summary>
internal sealed class RunSession(RunChoices choices, InvocationConfiguration console)
{
    public const string ReportName = "report.html";

    private readonly Terminal _terminal = Terminal.Of(choices.Json ? console.Error : console.Output);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        Experiment experiment = ExperimentFile.Read(choices.Path);
        experiment = Choice.Only(experiment with { Seed = choices.Seed ?? experiment.Seed }, choices.Arms);
        if (choices is { Folder: { } given, Resume: false })
        {
            Runs.RequireFree(given, choices.ResumeCommand(given));
        }
        await Fetching.RequireAsync(experiment.Arms.Values, _terminal, cancellation);

        string? known = choices.Folder ?? (choices.Resume ? Runs.NewestUnfinished(experiment.Name) : null);
        if (choices.DryRun)
        {
            PlanView.Write(Prepare(experiment, known ?? "").Plan, _terminal);
            _terminal.Line();
            _terminal.Line("A dry run: nothing was trained or written.");
            return ExitCode.Success;
        }
        using MachineMeter meter = MachineMeter.Open();
        string folder = known ?? Runs.Claim(experiment.Name, DateTimeOffset.Now);
        ExperimentRun run;
        try
        {
            run = Prepare(experiment, folder, new MachineWorkMeter(meter));
        }
        catch when (known is null)
        {
            Runs.GiveBack(folder);
            throw;
        }
        PlanView.Write(run.Plan, _terminal);
        _terminal.Paragraph($"Energy: {meter.Description}", new Style(decoration: Decoration.Dim));
        RunResult result = Train(run, folder, cancellation);
        if (choices.Json)
        {
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(result, RunResultJson.Default.RunResult));
        }
        ResultView.Write(result, _terminal);
        Report(result, folder);
        return result.Arms.Any(arm => arm.Stopped is not null) ? ExitCode.ArmStopped : ExitCode.Success;
    }

    private ExperimentRun Prepare(Experiment experiment, string folder, IWorkMeter? meter = null) => Faults.OfInput(Choice.File(choices.Path), () => ExperimentRun.Prepare(new()
    {
        Experiment = experiment,
        Folder = folder,
        Repeat = choices.Repeat,
        Threads = choices.Threads,
        Resume = choices.Resume,
        Meter = meter,
        Pace = (arm, workers) => MachinePace.Measure(arm, workers, meter),
    }));

    /// <summary>Comes after the result is shown: a full disk takes the page and nothing else.</summary>
    private void Report(RunResult result, string folder)
    {
        string report = Path.GetFullPath(Path.Combine(folder, ReportName));
        try
        {
            ReportWriter.Write(result, report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Failure, $"{report} cannot be written: {e.Message}\nThe result is in {folder}. When the cause is gone, this writes the report from it, without training again:\n{choices.ResumeCommand(folder)}", e);
        }
        ResultView.WriteReport(report, _terminal);
    }

    private RunResult Train(ExperimentRun run, string folder, CancellationToken cancellation)
    {
        _terminal.Line();
        ArmWatch? watch = null;
        try
        {
            return ProgressView.Show(run.Plan, _terminal, observer => run.Execute(watch = new(observer), cancellation));
        }
        catch (Exception e) when (watch is { IsTraining: false } && e is OverflowException or OutOfMemoryException or InvalidOperationException or DataException && Faults.InInput(e) is { } message)
        {
            throw new CommandException(ExitCode.BadInput, $"{Choice.File(choices.Path)}: {message}", e);
        }
        catch (OperationCanceledException e) when (cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCode.Interrupted, $"interrupted; what was completed is in {folder}. Go on with:\n{choices.ResumeCommand(folder)}", e);
        }
        catch (RunException e) when (e.CouldResume)
        {
            throw new CommandException(ExitCode.BadInput, $"{e.Message}\n--out FOLDER chooses another; that run goes on with:\n{choices.ResumeCommand(folder)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && RunFolder.IsUnfinished(folder))
        {
            throw new CommandException(ExitCode.Failure, $"{e.Message}\nWhat was completed is in {folder}. When the cause is gone, go on with:\n{choices.ResumeCommand(folder)}", e);
        }
    }
}

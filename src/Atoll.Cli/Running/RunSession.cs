using System.CommandLine;
using System.Text.Json;
using Atoll.Cli.Datasets;
using Atoll.Dashboard.Report;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Simulation;
using Atoll.Simulation.Folder;

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
        string folder = choices.Folder ?? (choices.Resume ? Runs.NewestUnfinished(experiment.Name) : Runs.New(experiment.Name, DateTimeOffset.Now));
        await Fetching.RequireAsync(experiment.Arms.Values, _terminal, cancellation);

        ExperimentRun run = Faults.OfInput(() => ExperimentRun.Prepare(new()
        {
            Experiment = experiment,
            Folder = folder,
            Repeat = choices.Repeat,
            Threads = choices.Threads,
            Resume = choices.Resume,
        }));
        PlanView.Write(run.Plan, _terminal);
        if (choices.DryRun)
        {
            _terminal.Line();
            _terminal.Line("A dry run: nothing was trained or written.");
            return ExitCode.Success;
        }
        RunResult result = Train(run, folder, cancellation);
        string report = Path.GetFullPath(Path.Combine(folder, ReportName));
        ReportWriter.Write(result, report);
        if (choices.Json)
        {
            await console.Output.WriteLineAsync(JsonSerializer.Serialize(result, RunResultJson.Default.RunResult));
        }
        ResultView.Write(result, report, _terminal);
        return result.Arms.Any(arm => arm.Stopped is not null) ? ExitCode.ArmStopped : ExitCode.Success;
    }

    private RunResult Train(ExperimentRun run, string folder, CancellationToken cancellation)
    {
        _terminal.Line();
        try
        {
            return ProgressView.Show(run.Plan, _terminal, observer => run.Execute(observer, cancellation));
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

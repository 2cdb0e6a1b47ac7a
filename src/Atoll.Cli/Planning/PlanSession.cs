using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Atoll.Dashboard.Plans;
using Atoll.Experiments;
using Atoll.Planning;
using Atoll.Planning.File;
using Atoll.Planning.Results;
using Atoll.Planning.Workloads;

namespace Atoll.Cli.Planning;

/// <summary>One call of <c>atoll plan</c>: read, evaluate, show, write.</summary>
internal sealed class PlanSession(InvocationConfiguration console)
{
    public required string Path { get; init; }

    public string? Folder { get; init; }

    public bool Json { get; init; }

    public int? Draws { get; init; }

    public int Run(CancellationToken cancellation)
    {
        string? folder = Output();
        PlanResult plan = Answer(Prepare(), cancellation);
        Terminal terminal = Terminal.Of(Json ? console.Error : console.Output);
        PlanView.Show(plan, terminal);
        string json = JsonSerializer.Serialize(plan, PlanResultJson.Default.PlanResult);
        if ((folder ?? (Json ? null : Named(plan))) is { } target)
        {
            string page = Write(plan, json, target);
            terminal.Line();
            terminal.Line($"Every figure's formula and sources: {page}");
        }
        if (Json)
        {
            console.Output.WriteLine(json);
        }
        return ExitCode.Success;
    }

    private static string Write(PlanResult plan, string json, string folder)
    {
        string page = System.IO.Path.Combine(folder, "plan.html");
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(System.IO.Path.Combine(folder, "plan.json"), Encoding.UTF8.GetBytes(json));
            PlanReportWriter.Write(plan, page);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Failure, $"the plan cannot be written to '{folder}': {e.Message}", e);
        }
        return page;
    }

    private static PlanResult Answer(PreparedPlan prepared, CancellationToken cancellation)
    {
        try
        {
            return Planner.Plan(prepared, cancel: cancellation);
        }
        catch (Exception e) when (InPlan(e) is { } inPlan)
        {
            throw new CommandException(ExitCode.BadInput, $"{prepared.File}: {inPlan.Message}", e);
        }
    }

    /// <summary>Arms are evaluated on several threads, which gather what goes wrong.</summary>
    private static PlanException? InPlan(Exception fault) => fault as PlanException ?? (fault as AggregateException)?.Flatten().InnerExceptions.OfType<PlanException>().FirstOrDefault();

    private PreparedPlan Prepare()
    {
        PreparedPlan prepared = IsExperiment(Path) ? Faults.OfInput(Path, () => ExperimentPlan.Prepare(ExperimentFile.Read(Path), Path)) : PlanFile.Read(Path);
        return Draws is { } draws ? prepared with { Plan = prepared.Plan with { Draws = draws } } : prepared;
    }

    /// <summary>A folder that holds one but no plan, or a file that has no workload but data of its own. A pipe, which can be read once, is a plan.</summary>
    private static bool IsExperiment(string path) => Directory.Exists(path)
        ? !File.Exists(System.IO.Path.Combine(path, PlanFile.DefaultName)) && File.Exists(System.IO.Path.Combine(path, ExperimentFile.DefaultName))
        : (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path) : null) is FileInfo { Exists: true, Length: > 0 } && !File.ReadLines(path).Any(line => line.StartsWith("workload:", StringComparison.Ordinal)) && File.ReadLines(path).Any(line => line.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>Judged before anything is computed: nothing is ever overwritten.</summary>
    private string? Output()
    {
        if (Folder is not null && Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any())
        {
            throw new CommandException(ExitCode.BadInput, $"--out must be a new or empty folder, but '{Folder}' has something in it.");
        }
        if (Folder is not null && File.Exists(Folder))
        {
            throw new CommandException(ExitCode.BadInput, $"--out must be a folder, but '{Folder}' is a file.");
        }
        for (string? above = Folder is null ? null : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Folder)); above is not null; above = System.IO.Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                throw new CommandException(ExitCode.BadInput, $"--out must be a folder, but '{above}' in '{Folder}' is a file.");
            }
        }
        return Folder;
    }

    private static string Named(PlanResult plan)
    {
        string name = System.IO.Path.Combine("plans", string.Create(CultureInfo.InvariantCulture, $"{plan.Name}-{DateTime.Now:yyyyMMdd-HHmmss}"));
        string free = name;
        for (int i = 2; System.IO.Path.Exists(free); i++)
        {
            free = $"{name}-{i}";
        }
        return free;
    }
}

using System.CommandLine;
using System.Text.Json;
using Atoll.Dashboard.Verdicts;
using Atoll.Experiments;
using Atoll.Experiments.Results;
using Atoll.Planning.Workloads;

namespace Atoll.Cli.Datasets;

/// <summary><c>atoll data partition FILE</c>: what each site would hold, without training.</summary>
internal static class PartitionCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "An experiment file, or a folder that holds experiment.yaml." };
        Option<string?> arm = new("--arm") { Description = "Whose data and sites to show; by default the first arm's that has sites.", HelpName = "NAME" };
        Option<bool> json = new("--json") { Description = "Print a JSON document in place of a table." };
        Verb command = new("partition", "Shows what each site would hold, its rows and labels, without training.")
        {
            Footer = """
                Example:
                  atoll data partition examples/digits --arm fedavg

                """,
        };
        command.Add(file);
        command.Add(arm);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            bool asJson = parsed.GetValue(json);
            Terminal terminal = Terminal.Of(asJson ? console.Error : console.Output);
            Experiment experiment = ExperimentFile.Read(parsed.GetRequiredValue(file));
            string? given = parsed.GetValue(arm);
            experiment = given is null ? experiment : Choice.Only(experiment, [given]);
            string name = given ?? experiment.Arms.FirstOrDefault(a => a.Value is not CentralizedArm, experiment.Arms.First()).Key;
            await Fetching.RequireAsync([experiment.Arms[name]], terminal, cancellation);
            DataFacts facts = Faults.OfInput(Choice.File(parsed.GetRequiredValue(file)), () => ExperimentData.Facts(ExperimentData.Load(experiment.Arms[name], experiment.Seed)));
            if (asJson)
            {
                await console.Output.WriteLineAsync(JsonSerializer.Serialize(facts, RunResultJson.Default.DataFacts));
                return ExitCode.Success;
            }
            terminal.Line($"{experiment.Name}, as arm {name} would see it with seed {experiment.Seed}");
            terminal.Line(SiteTable.Summary(facts));
            if (UntrainedLabels.Note(facts) is { } untrained)
            {
                terminal.Paragraph(untrained);
            }
            terminal.Line();
            SiteTable.Of(facts, withCounts: true).WriteTo(terminal);
            if (SiteTable.Legend(facts) is { } legend)
            {
                terminal.Line();
                terminal.Paragraph(legend);
            }
            return ExitCode.Success;
        });
        return command;
    }
}

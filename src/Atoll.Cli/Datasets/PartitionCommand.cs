using System.CommandLine;
using System.Text.Json;
using Atoll.Dashboard.Figures;
using Atoll.Dashboard.Verdicts;
using Atoll.Experiments;
using Atoll.Experiments.Live;
using Atoll.Experiments.Results;
using Atoll.Planning.Workloads;

namespace Atoll.Cli.Datasets;

/// <summary><c>atoll data partition FILE</c>: what each site would hold, without training; and with <c>--out</c>, one file a site that holds it.</summary>
internal static class PartitionCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "An experiment file, or a folder that holds experiment.yaml." };
        Option<string?> arm = new("--arm") { Description = "Whose data and sites to show; by default the first arm's that has sites.", HelpName = "NAME" };
        Option<bool> json = new("--json") { Description = "Print a JSON document in place of a table." };
        Option<string?> folder = new("--out")
        {
            Description = "Also write one CSV file a site into this folder: what the site would have if the run were across machines. Nothing is overwritten.",
            HelpName = "FOLDER",
        };
        Verb command = new("partition", "Shows what each site would hold, its rows and labels, without training; --out writes it, a file a site.")
        {
            Footer = """
                Examples:
                  atoll data partition examples/digits --arm fedavg
                  atoll data partition examples/hospitals --out sites    sites/Cleveland.csv, sites/Hungary.csv, …

                """,
        };
        command.Add(file);
        command.Add(arm);
        command.Add(folder);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            bool asJson = parsed.GetValue(json);
            Terminal terminal = Terminal.Of(asJson ? console.Error : console.Output);
            Experiment experiment = ExperimentFile.Read(parsed.GetRequiredValue(file));
            string? given = parsed.GetValue(arm);
            experiment = given is null ? experiment : Choice.Only(experiment, [given]);
            string? destination = parsed.GetValue(folder);
            // What is written is for a run across machines, whose arms are the federated ones.
            string name = given ?? experiment.Arms.FirstOrDefault(a => destination is null ? a.Value is not CentralizedArm : a.Value is FederatedArm, experiment.Arms.First()).Key;
            await Fetching.RequireAsync([experiment.Arms[name]], terminal, cancellation);
            DataFacts facts = Faults.OfInput(Choice.File(parsed.GetRequiredValue(file)), () => ExperimentData.Facts(ExperimentData.Load(experiment.Arms[name], experiment.Seed)));
            IReadOnlyList<(string Site, string Path, int Rows)> written = destination is null ? []
                : Faults.OfInput(Choice.File(parsed.GetRequiredValue(file)), () => SiteFiles.Write(destination, [.. facts.Sites.Select(site => site.Name)], ExperimentData.Apart(experiment.Arms[name], experiment.Seed)));
            if (asJson)
            {
                await console.Output.WriteLineAsync(JsonSerializer.Serialize(facts, RunResultJson.Default.DataFacts));
            }
            else
            {
                Show(experiment, name, facts, terminal);
            }
            if (written.Count > 0)
            {
                Show(written, LiveArms.Obstacle(experiment.Arms[name]), name, terminal);
            }
            return ExitCode.Success;
        });
        return command;
    }

    private static void Show(Experiment experiment, string name, DataFacts facts, Terminal terminal)
    {
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
    }

    private static void Show(IReadOnlyList<(string Site, string Path, int Rows)> written, string? obstacle, string arm, Terminal terminal)
    {
        terminal.Line();
        new FittedTable()
            .Add("site", written.Select(w => w.Site), isText: true)
            .Add("rows", written.Select(w => Figure.Count(w.Rows)))
            .Add("written to", written.Select(w => w.Path), isText: true)
            .WriteTo(terminal);
        if (obstacle is not null)
        {
            terminal.Line();
            terminal.Paragraph($"These files do not make arm {arm} trainable across machines. {obstacle}");
        }
    }
}

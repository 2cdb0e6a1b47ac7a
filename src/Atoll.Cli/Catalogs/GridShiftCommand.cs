using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atoll.Footprint.Grids;
using Atoll.Footprint.Grids.Shifting;
using Atoll.Footprint.Quantities;

namespace Atoll.Cli.Catalogs;

/// <summary><c>atoll grid shift TRACE</c>: what waiting for cleaner hours saves, over all starts of a trace.</summary>
internal static class GridShiftCommand
{
    private const string AsListed = "as-listed";

    private static readonly Dictionary<string, GapRule> s_rules = new()
    {
        [AsListed] = GapRule.AsListed, ["interpolate"] = GapRule.Interpolate, ["hold"] = GapRule.Hold, ["refuse"] = GapRule.Refuse,
    };

    public static Command Create()
    {
        Argument<string> trace = new("TRACE") { Description = "A CSV file with a column of times (ISO 8601) and one of intensities (g/kWh), of any resolution." };
        Option<string> job = new("--job") { Description = "How long the job runs: 24h, 90 min, 1 d.", HelpName = "DURATION", Required = true };
        Option<string> slack = new("--slack") { Description = "By how much it may end later than at once.", HelpName = "DURATION", DefaultValueFactory = _ => "24 h" };
        Option<string> gaps = new("--gaps") { Description = "Where the trace has gaps: take its rows as they follow each other, fill the gaps, or refuse them.", DefaultValueFactory = _ => AsListed };
        gaps.AcceptOnlyFromAmong([.. s_rules.Keys]);
        Option<string?> column = new("--column") { Description = "The column of intensities, where its name does not say so.", HelpName = "NAME" };
        Option<bool> json = new("--json") { Description = "Print a JSON document in place of a table." };
        Verb command = new("shift", "Shows what a job causes that begins at once, waits for cleaner hours in one piece, or is interrupted too.")
        {
            Footer = """
                A constant 1 kW job is tried at each step i of the trace with i < length − job, in the window [i, i + job + slack), cut at the trace's end.
                Figures are grams of CO₂ equivalent. What is no whole number of steps counts by its share; in one piece, the job begins with a step.

                Example:
                  atoll grid shift ciso-2022.csv --job 24h --slack 24h

                """,
        };
        command.Add(trace);
        foreach (Option option in (Option[])[job, slack, gaps, column, json])
        {
            command.Add(option);
        }
        command.SetAction(async (parsed, cancellation) =>
        {
            InvocationConfiguration console = parsed.InvocationConfiguration;
            Quantity<Time> length = Duration(job, parsed), room = Duration(slack, parsed);
            try
            {
                GridTrace read = GridTrace.Read(parsed.GetRequiredValue(trace), s_rules[parsed.GetRequiredValue(gaps)], parsed.GetValue(column));
                ShiftSummary summary = ShiftSummary.Of(read, length, room);
                if (parsed.GetValue(json))
                {
                    await console.Output.WriteLineAsync(JsonSerializer.Serialize(summary, ShiftJson.Default.ShiftSummary).AsMemory(), cancellation);
                    Terminal error = Terminal.Of(console.Error);
                    read.Notes.ToList().ForEach(note => error.Paragraph(note));
                    return ExitCode.Success;
                }
                Write(read, length, room, summary, Terminal.Of(console.Output));
                return ExitCode.Success;
            }
            catch (TraceException e)
            {
                throw new CommandException(ExitCode.BadInput, e.Message, e);
            }
        });
        return command;
    }

    private static Quantity<Time> Duration(Option<string> option, ParseResult parsed) =>
        QuantityText.TryParse(parsed.GetRequiredValue(option), out Quantity<Time> value, out string problem) ? value : throw new CommandException(ExitCode.Usage, $"{option.Name} {problem}.");

    private static void Write(GridTrace trace, Quantity<Time> job, Quantity<Time> slack, ShiftSummary summary, Terminal terminal)
    {
        ShiftStatistics[] rows = [summary.Now, summary.Deferred, summary.Interrupted];
        string step = (trace.Step.TotalSeconds * Time.Second).ToString();
        terminal.Paragraph(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(trace.Name)}: {trace.Intensities.Length:#,0} steps of {step} from {trace.Start.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {trace.Mean} on average"));
        terminal.Paragraph($"A job of 1 kW for {job}, with {slack} of slack, at each of {QuantityText.Digits(summary.Starts)} starts; grams of CO₂e");
        terminal.Line();
        new FittedTable()
            .Add("", ["at once", "deferred", "deferred and interrupted"], isText: true)
            .Add("mean", rows.Select(r => Grams(r.Mean)))
            .Add("median", rows.Select(r => Grams(r.Median)), importance: 2)
            .Add("5 %", rows.Select(r => Grams(r.P05)), importance: 3)
            .Add("95 %", rows.Select(r => Grams(r.P95)), importance: 3)
            .Add("least", rows.Select(r => Grams(r.Min)), importance: 1)
            .Add("most", rows.Select(r => Grams(r.Max)), importance: 1)
            .Add("saved", rows.Select(r => r.Saving is { } saving ? string.Create(CultureInfo.InvariantCulture, $"{100 * saving:0.0} %") : ""))
            .WriteTo(terminal);
        if (trace.Notes.Count > 0)
        {
            terminal.Line();
            trace.Notes.ToList().ForEach(note => terminal.Paragraph(note));
        }
    }

    private static string Grams(double grams) => grams.ToString(grams >= 1000 ? "#,0" : "0.0##", CultureInfo.InvariantCulture);
}

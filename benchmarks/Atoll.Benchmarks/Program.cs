using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atoll.Benchmarks;
using Atoll.Benchmarks.Machine;
using Atoll.Benchmarks.Peers;
using Atoll.Benchmarks.Report;
using Atoll.Benchmarks.Work;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Option<FileInfo?> json = new("--json") { Description = "Where to write the results as JSON; without a file, to standard output, and the table to standard error.", Arity = ArgumentArity.ZeroOrOne };
Option<string[]> only = new("--only") { Description = "Only benchmarks whose names begin with one of these.", AllowMultipleArgumentsPerToken = true };
Option<bool> quick = new("--quick") { Description = "Less data and shorter measurements: to see that everything runs; nothing is judged." };
Option<bool> peers = new("--peers") { Description = "Run the same work in PyTorch too, and print the ratios." };
Option<string?> python = new("--python") { Description = "The Python to run the peers with; else python3, then /usr/bin/python3." };
RootCommand root = new("Atoll's speed, as shares of what this machine can do. One thread, unless a line says otherwise.") { json, only, quick, peers, python };
Command alone = new(VirtualSites.Verb) { Hidden = true };
root.Add(alone);

alone.SetAction(_ => VirtualSites.RunAlone());
root.SetAction(parsed =>
{
    bool jsonToOutput = parsed.GetResult(json) is not null && parsed.GetValue(json) is null;
    IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(jsonToOutput ? Console.Error : Console.Out) });
    if (Console.IsOutputRedirected || jsonToOutput)
    {
        console.Profile.Width = 240;
    }
    Suite suite = new(parsed.GetValue(only) ?? [], parsed.GetValue(quick), console.WriteLine);
    BenchmarkReport report = suite.Run(MachineFacts.Read());
    if (parsed.GetValue(peers))
    {
        PeerRates? rates = PeerRates.Measure(parsed.GetValue(python), parsed.GetValue(quick), out string? missing);
        report = rates is null ? report : report.Beside(rates);
        if (missing is not null)
        {
            console.WriteLine(missing);
        }
    }

    ResultTable.Write(console, report);
    if (parsed.GetResult(json) is not null)
    {
        string text = JsonSerializer.Serialize(report, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });
        if (parsed.GetValue(json) is { } file)
        {
            File.WriteAllText(file.FullName, text);
        }
        else
        {
            Console.WriteLine(text);
        }
    }
    return report.Results.Any(result => result.Met == false) ? 1 : 0;
});
return root.Parse(args).Invoke();

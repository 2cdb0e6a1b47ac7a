using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Atoll.Cli.Running;

/// <summary><c>atoll run PATH</c>: trains every arm of an experiment on this machine, and writes a report.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Argument<string> path = new("PATH") { Description = "An experiment file, or a folder that holds experiment.yaml." };
        Option<string?> folder = new("--out") { Description = "The run folder: new, or with --resume the one to go on with. [default: runs/NAME-DATE-TIME]", HelpName = "FOLDER" };
        Option<string[]> arms = new("--arm")
        {
            Description = "Only these arms (the baseline always runs).",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<ulong?> seed = Whole<ulong>("--seed", 0, "The seed, in place of the file's.");
        Option<int?> repeat = Whole("--repeat", 1, "How many seeds to run, this one and those after it: means and standard deviations. [default: 1]");
        Option<int?> threads = Whole("--threads", 1, $"How many sites train at once. It changes the speed and nothing else. [default: {Environment.ProcessorCount}]");
        Option<bool> resume = new("--resume") { Description = "Go on with an interrupted run: the newest of this experiment in runs/, or the one in --out." };
        Option<bool> json = new("--json") { Description = "Print the result as one JSON document on standard output; text for people goes to standard error." };
        Option<bool> dryRun = new("--dry-run") { Description = "Show what would be done, and write nothing." };
        Verb command = new("run", "Trains every arm of an experiment on this machine, side by side, and writes a report.")
        {
            Footer = """
                Examples:
                  atoll run examples/digits
                  atoll run my.yaml --arm fedavg fedprox --repeat 5
                  atoll run my.yaml --json > result.json

                The run folder gets report.html, result.json, experiment.yaml (every default spelled out) and models/ARM.safetensors.
                Ctrl-C stops after what is at hand; --resume goes on from there and gives the same bytes as a run that was never stopped.

                """,
        };
        command.Add(path);
        foreach (Option option in new Option[] { folder, arms, seed, repeat, threads, resume, json, dryRun })
        {
            command.Add(option);
        }
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(dryRun))
            {
                parsed.AddError("--json prints a run's result, and --dry-run runs nothing: give one of them.");
            }
        });
        command.SetAction((parsed, cancellation) => new RunSession(new()
        {
            Path = parsed.GetRequiredValue(path),
            Folder = parsed.GetValue(folder),
            Arms = parsed.GetValue(arms) ?? [],
            Seed = parsed.GetValue(seed),
            Repeat = parsed.GetValue(repeat),
            Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
            Resume = parsed.GetValue(resume),
            Json = parsed.GetValue(json),
            DryRun = parsed.GetValue(dryRun),
        }, parsed.InvocationConfiguration).RunAsync(cancellation));
        return command;
    }

    private static Option<T?> Whole<T>(string name, T least, string description) where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out T value) && value >= least)
            {
                return value;
            }
            argument.AddError($"{name} must be a whole number from {least} to {T.MaxValue} (was '{text}').");
            return null;
        },
    };
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Atoll.Cli.Catalogs;
using Atoll.Cli.Datasets;
using Atoll.Cli.Joining;
using Atoll.Cli.Ledger;
using Atoll.Cli.Planning;
using Atoll.Cli.Running;
using Atoll.Cli.Serving;

namespace Atoll.Cli;

/// <summary>The whole command line: every verb, what help says, and what becomes of errors.</summary>
internal static class CommandLine
{
    private const string Story = "Atoll trains one model in several ways on the same rows, all in one place or across sites that keep theirs, and shows what each way costs.";

    private static string Footer => $"""
        Examples:
          atoll run examples/digits              train on real data, and get a report
          atoll run my.yaml --repeat 5           over five seeds: means and standard deviations
          atoll run my.yaml --resume             go on where an interrupted run stopped
          atoll serve my.yaml                    coordinate it across machines: a line for each site to join with
          atoll data partition my.yaml           what each site would hold, without training
          atoll grid show DE                     how clean a grid is, and who says so
          atoll ledger verify runs/trial         whether a run's record can be believed
          atoll new trial                        a commented experiment file to start from

        Exit codes:
        {ExitCode.Table("  ")}

        """;

    public static RootCommand Create()
    {
        RootCommand root = new(Story)
        {
            PlanCommand.Create(), RunCommand.Create(), ServeCommand.Create(), JoinCommand.Create(), StatusCommand.Create(), AbortCommand.Create(), DataCommand.Create(), GridCommand.Create(), HardwareCommand.Create(),
            MeterCommand.Create(), LedgerCommand.Create(), NewCommand.Create(), SchemaCommand.Create(),
        };
        RefuseOptionsAsArguments(root);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new FootedHelp((HelpAction)help.Action!, Footer);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        return root;
    }

    /// <returns>One of <see cref="ExitCode"/>. Never throws: what went wrong is said on <paramref name="error"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        ParseResult parsed = Create().Parse(args.Count == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            return await Refuse(parsed, error);
        }
        InvocationConfiguration console = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            int code = await parsed.InvokeAsync(console, cancellation);
            return args.Count == 0 ? ExitCode.Usage : code;
        }
        catch (Exception e)
        {
            return Faults.Report(e, error);
        }
    }

    /// <summary>A misspelt option would otherwise be taken for a file's name.</summary>
    private static void RefuseOptionsAsArguments(Command command)
    {
        string[] options = [.. command.Options.Select(o => o.Name), "--help"];
        foreach (Argument argument in command.Arguments.Where(a => a is not OtherCommand))
        {
            argument.Validators.Add(result =>
            {
                foreach (string token in result.Tokens.Select(t => t.Value).Where(t => t.StartsWith("--", StringComparison.Ordinal)))
                {
                    result.AddError(Unknown(token, options));
                }
            });
        }
        foreach (Command below in command.Subcommands)
        {
            RefuseOptionsAsArguments(below);
        }
    }

    private static string Unknown(string word, IEnumerable<string> known) =>
        $"'{Terminal.Harmless(word)}' is no command or option here.{(NearestName.Of(word, known) is { } near ? $" Did you mean {near}?" : "")}";

    private static async Task<int> Refuse(ParseResult parsed, TextWriter error)
    {
        Command command = parsed.CommandResult.Command;
        string[] names = [.. command.Subcommands.Select(c => c.Name), .. command.Options.Select(o => o.Name), "--help"];
        if (parsed.UnmatchedTokens is [var unmatched, ..])
        {
            // Whatever else is wrong follows from the first word that was not understood.
            await error.WriteLineAsync($"atoll: {Unknown(unmatched, names)}");
        }
        else
        {
            foreach (string problem in parsed.Errors.Select(Problem).Distinct())
            {
                await error.WriteLineAsync($"atoll: {problem}");
            }
        }
        string verbs = string.Join(' ', parsed.CommandResult.Path().Append("--help"));
        await error.WriteLineAsync($"See: {verbs}");
        return ExitCode.Usage;
    }

    /// <summary>The parser speaks of .NET's types where a text is none of what is asked for.</summary>
    private static string Problem(ParseError error)
    {
        (string name, Type type)? asked = !error.Message.Contains("as expected type '", StringComparison.Ordinal) ? null : error.SymbolResult switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType),
            ArgumentResult { Parent: OptionResult option } => (option.Option.Name, option.Option.ValueType),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType),
            _ => null,
        };
        if (asked is not { } what)
        {
            return error.Message;
        }
        Type type = Nullable.GetUnderlyingType(what.type) ?? what.type;
        string must = type.IsEnum ? string.Join(", ", Enum.GetNames(type)[..^1]) + " or " + Enum.GetNames(type)[^1]
            : type == typeof(double) ? "a number"
            : type == typeof(ulong) ? "a whole number of at least 0"
            : type == typeof(int) || type == typeof(long) ? "a whole number"
            : type.Name;
        return $"{what.name} must be {must} (was '{Terminal.Harmless(string.Join(' ', error.SymbolResult!.Tokens.Select(token => token.Value)))}').";
    }

    /// <summary>From the program's name to the command's.</summary>
    private static IEnumerable<string> Path(this CommandResult command) =>
        command.Parent is CommandResult parent ? parent.Path().Append(command.Command.Name) : ["atoll"];
}

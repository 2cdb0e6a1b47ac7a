using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Atoll.Cli;

/// <summary>The usual help, and below it what shows a command at work.</summary>
internal sealed class FootedHelp(HelpAction help, string rootFooter) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        string? footer = parseResult.CommandResult.Command switch
        {
            RootCommand => rootFooter,
            Verb verb => verb.Footer,
            _ => null,
        };
        if (footer is not null)
        {
            parseResult.InvocationConfiguration.Output.Write(footer);
        }
        return ExitCode.Success;
    }
}

using System.CommandLine;

namespace Atoll.Cli;

/// <summary>Another program's command line, whose options are its own.</summary>
internal sealed class OtherCommand : Argument<string[]>
{
    public OtherCommand() : base("COMMAND")
    {
        Description = "The command and its arguments, after \"--\".";
        Arity = ArgumentArity.OneOrMore;
    }
}

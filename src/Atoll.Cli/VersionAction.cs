using System.CommandLine;
using System.CommandLine.Invocation;
using Atoll.Simulation;

namespace Atoll.Cli;

/// <summary>Prints the version that results carry.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ExperimentRun.Version);
        return ExitCode.Success;
    }
}

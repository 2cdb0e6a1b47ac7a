using System.CommandLine;

namespace Atoll.Cli;

/// <summary>A command with examples.</summary>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Stands at the end of its help, after its options.</summary>
    public required string Footer { get; init; }
}

namespace Atoll.Cli;

/// <summary>Something that a user can put right: said in one line or more, without a trace.</summary>
/// <param name="code">One of <see cref="Cli.ExitCode"/>.</param>
internal sealed class CommandException(int code, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = code;
}

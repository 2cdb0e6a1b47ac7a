using Atoll.Experiments;
using Atoll.Learning.Data;
using Atoll.Simulation;

namespace Atoll.Cli;

/// <summary>Exceptions to words and exit codes. A trace is for defects, and only on demand.</summary>
internal static class Faults
{
    /// <summary>Set to 1 to have every error's trace.</summary>
    public const string TraceVariable = "ATOLL_TRACE";

    public static int Report(Exception fault, TextWriter error)
    {
        (int code, string message) = fault switch
        {
            CommandException e => (e.ExitCode, e.Message),
            ExperimentFileException e => (ExitCode.BadInput, e.Message),
            DataException or RunException => (ExitCode.BadInput, fault.Message),
            OperationCanceledException => (ExitCode.Interrupted, "interrupted."),
            IOException or UnauthorizedAccessException => (ExitCode.Failure, fault.Message),
            _ => (ExitCode.Failure, $"{fault.Message}\n{TraceVariable}=1 shows where this happened ({fault.GetType().Name}). Where it does not say what to change, it is a defect: please report it."),
        };
        // A problem of an experiment file is one line each, so each stands for itself; other messages go on below their first line.
        string separator = fault is ExperimentFileException ? "\natoll: " : "\n  ";
        error.WriteLine("atoll: " + message.ReplaceLineEndings("\n").Replace("\n  ", "\n", StringComparison.Ordinal).Replace("\n", separator, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable(TraceVariable) == "1")
        {
            error.WriteLine(fault);
        }
        return code;
    }

    /// <summary>Runs what judges the user's input: a premise that fails there is the input's fault, not the program's.</summary>
    public static T OfInput<T>(Func<T> judge)
    {
        try
        {
            return judge();
        }
        catch (ArgumentException e) when (e.ParamName is not null && e.Message.IndexOf(" (Parameter '", StringComparison.Ordinal) is > 0 and int end)
        {
            throw new CommandException(ExitCode.BadInput, e.Message[..end], e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException && e is not ObjectDisposedException)
        {
            throw new CommandException(ExitCode.BadInput, e.Message, e);
        }
    }
}

using Atoll.Client.Live;
using Atoll.Experiments;
using Atoll.Footprint.Catalogs;
using Atoll.Learning.Data;
using Atoll.Ledger;
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
            SiteFolderException or DataException or RunException or CatalogException or LedgerException => (ExitCode.BadInput, fault.Message),
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
    /// <param name="file">The experiment file that is judged, as the user named it: messages begin with it.</param>
    public static T OfInput<T>(string file, Func<T> judge)
    {
        try
        {
            return judge();
        }
        catch (Exception e) when (InInput(e) is { } message)
        {
            throw new CommandException(ExitCode.BadInput, $"{file}: {message}", e);
        }
    }

    /// <summary>What is wrong with the input, where that is what an exception says; null where it is something else.</summary>
    public static string? InInput(Exception fault) => fault switch
    {
        OverflowException or OutOfMemoryException => "the model or the batch is too large for memory: must be a smaller model or batch-size.",
        ArgumentException { ParamName: not null } e when e.Message.IndexOf(" (Parameter '", StringComparison.Ordinal) is > 0 and int end => e.Message[..end],
        ObjectDisposedException => null,
        DataException or ArgumentException or InvalidOperationException => fault.Message,
        _ => null,
    };
}

namespace Atoll.Cli;

/// <summary>What the program's exit status means. Documented in the README; scripts depend on it.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A fault of the program or the machine (full disk, a defect).</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The experiment file or the data cannot be used as asked.</summary>
    public const int BadInput = 3;

    /// <summary>The run ended, but at least one arm stopped early because it diverged.</summary>
    public const int ArmStopped = 4;

    /// <summary>A ledger or a proof does not verify, its run is not finished, or what lies beside the ledger is not what it says.</summary>
    public const int DoesNotVerify = 5;

    /// <summary>The coordinator refused the site for good, or whoever answers is not the coordinator that the token names.</summary>
    public const int Refused = 6;

    /// <summary>The coordinator signed two histories of a run.</summary>
    public const int DifferentHistory = 7;

    /// <summary>The operator did not agree to join.</summary>
    public const int Declined = 8;

    /// <summary>The command to meter is there, but could not be started. As shells say it.</summary>
    public const int NotStarted = 126;

    /// <summary>There is no such command to meter. As shells say it.</summary>
    public const int NotFound = 127;

    /// <summary>Interrupted by the user; what was completed can be resumed.</summary>
    public const int Interrupted = 130;

    /// <summary>What each means, as help and the README say it.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "done"),
        (Failure, "a fault of the machine or of the program (a full disk, a defect)"),
        (Usage, "the command line was not understood"),
        (BadInput, "the experiment file, the data or the run folder cannot be used as asked"),
        (ArmStopped, "the run came to its end, but an arm stopped early (it diverged), or it was aborted"),
        (DoesNotVerify, "the ledger or the proof does not verify, its run is not finished, or its run's folder is not as it says"),
        (Refused, "`atoll join`, `abort`: the coordinator refused this site or operator for good, or is not the one that the token names"),
        (DifferentHistory, "`atoll join`: the coordinator showed another history than before; the evidence is in the site's folder"),
        (Declined, "`atoll join`: you did not agree, so nothing was joined"),
        (NotStarted, "`atoll meter`: the command could not be started (any other code of `atoll meter` is the command's own)"),
        (NotFound, "`atoll meter`: the command was not found"),
        (Interrupted, "interrupted; what was completed can be resumed"),
    ];

    public static string Table(string indent) => string.Join('\n', All.Select(c => $"{indent}{c.Code,-5}{c.Meaning}"));
}

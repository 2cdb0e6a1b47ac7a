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

    /// <summary>Interrupted by the user; what was completed can be resumed.</summary>
    public const int Interrupted = 130;
}

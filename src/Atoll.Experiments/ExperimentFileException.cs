namespace Atoll.Experiments;

/// <summary>An experiment file that cannot be used as asked. The message lists every problem, one a line.</summary>
public sealed class ExperimentFileException(IReadOnlyList<Problem> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>All that could be found in one pass, in the file's order. Never empty.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}

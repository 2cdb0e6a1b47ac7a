namespace Atoll.Experiments.Yaml;

/// <summary>Collects what is wrong with one file. The same problem met twice (once for each arm that inherits it) is kept once.</summary>
internal sealed class ProblemList(string file)
{
    private readonly HashSet<Problem> _seen = [];

    public int Count => _seen.Count;

    /// <param name="message">A sentence, without its end, that begins with the subject.</param>
    public void Add(Place place, string message) =>
        _seen.Add(new() { File = file, Line = place.Line, Column = place.Column, Field = place.Path, Message = message.EndsWith('?') ? message : message + "." });

    public void AddAll(ProblemList others) => _seen.UnionWith(others._seen);

    /// <summary>An empty list for the same file.</summary>
    public ProblemList Another() => new(file);

    /// <exception cref="ExperimentFileException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw new ExperimentFileException([.. _seen.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
        }
    }
}

namespace Atoll.Experiments.Binding;

/// <summary>
/// Fields that exclude each other, in whichever record has both. An arm that gives one drops the other that it would inherit.
/// </summary>
/// <param name="Required">Whether one of the two must be given.</param>
internal sealed record Alternatives(string First, string Second, bool Required)
{
    // Named here and not marked on the properties, because some records live on the floor below, which knows nothing of files.
    public static IReadOnlyList<Alternatives> All { get; } =
    [
        new("csv", "catalog", Required: true),
        new("fraction", "count", Required: true),
        new("local-epochs", "local-steps", Required: false),
        new("test-fraction", "split", Required: false),
        new("features", "ignore", Required: false),
    ];

    /// <summary>The field that giving <paramref name="name"/> rules out.</summary>
    public static string? Of(string name) =>
        All.FirstOrDefault(a => a.First == name)?.Second ?? All.FirstOrDefault(a => a.Second == name)?.First;

    /// <summary>The pairs that a record has both of, and those that it declares itself.</summary>
    public static IEnumerable<Alternatives> In(RecordType record) => All.Where(a => a.ConcernsBoth(record)).Concat(record.Exclusions);

    public bool ConcernsBoth(RecordType record) => record.Find(First) is not null && record.Find(Second) is not null;
}

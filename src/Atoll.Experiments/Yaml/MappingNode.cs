namespace Atoll.Experiments.Yaml;

internal sealed class MappingNode(Place place, IReadOnlyList<Entry> entries) : Node(place)
{
    /// <summary>In the file's order; no name twice.</summary>
    public IReadOnlyList<Entry> Entries { get; } = entries;

    public override string Shown => "a mapping";

    public Entry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);

    /// <summary>The value, unless the field is missing or taken away by <c>null</c>.</summary>
    public Node? Given(string name) => Find(name) is { Value.IsNull: false } entry ? entry.Value : null;
}

namespace Atoll.Experiments.Yaml;

internal sealed class SequenceNode(Place place, IReadOnlyList<Node> items) : Node(place)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override string Shown => "a list";
}

using Atoll.Experiments.Binding;
using Atoll.Experiments.Yaml;

namespace Atoll.Experiments.Reading;

/// <summary>What an arm has of its own, laid over what it inherits.</summary>
internal static class Inheritance
{
    /// <summary>
    /// Mappings are merged field by field; anything else is replaced. So is a mapping whose <c>kind</c> changes, since its fields
    /// belong to the other kind; and an inherited field gives way to an own one that excludes it.
    /// </summary>
    public static MappingNode Merge(MappingNode inherited, MappingNode own)
    {
        if (KindOf(own) is { } kind && KindOf(inherited) is { } before && kind != before)
        {
            return own;
        }
        List<Entry> merged = [];
        foreach (Entry entry in inherited.Entries)
        {
            if (own.Find(entry.Name) is { } over)
            {
                merged.Add(entry.Value is MappingNode below && over.Value is MappingNode above ? over with { Value = Merge(below, above) } : over);
            }
            else if (Alternatives.Of(entry.Name) is not { } other || own.Given(other) is null)
            {
                merged.Add(entry);
            }
        }
        merged.AddRange(own.Entries.Where(e => inherited.Find(e.Name) is null));
        return new(own.Place, merged);
    }

    private static string? KindOf(MappingNode mapping) => (mapping.Find(Kinds.Discriminator)?.Value as ScalarNode)?.Text;
}

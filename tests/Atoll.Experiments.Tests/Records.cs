using Atoll.Experiments.Binding;

namespace Atoll.Experiments.Tests;

/// <summary>Every record that a file can speak of, found as the reader finds them.</summary>
internal static class Records
{
    public static IReadOnlyList<RecordType> All { get; } = [.. Reachable(typeof(Arm), []).Distinct().Select(RecordType.Of)];

    private static IEnumerable<Type> Reachable(Type type, HashSet<Type> seen)
    {
        if (FieldType.IsScalar(type) || !seen.Add(type))
        {
            return [];
        }
        return FieldType.ItemOf(type) is { } item ? Reachable(item, seen)
            : Kinds.Of(type) is { } kinds ? kinds.All.Values.SelectMany(k => Reachable(k.Type, seen))
            : RecordType.Of(type).Fields.SelectMany(f => Reachable(f.Type, seen)).Prepend(type);
    }
}

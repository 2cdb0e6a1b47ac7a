using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Atoll.Experiments.Binding;

/// <summary>The records that a field named <c>kind</c> chooses between, as declared on their interface.</summary>
internal sealed class Kinds
{
    /// <summary>The field that says which.</summary>
    public const string Discriminator = "kind";

    private static readonly ConcurrentDictionary<Type, Kinds?> Known = [];

    private Kinds(Type type) => All = type.GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => (string)a.TypeDiscriminator!, a => RecordType.Of(a.DerivedType));

    /// <summary>By name, in declared order.</summary>
    public IReadOnlyDictionary<string, RecordType> All { get; }

    /// <summary>Null where the type is no such choice.</summary>
    public static Kinds? Of(Type type) =>
        Known.GetOrAdd(type, t => t.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false) ? new Kinds(t) : null);

    public string NameOf(object record) => All.Single(k => k.Value.Type == record.GetType()).Key;

    /// <summary>Every name that some kind has a field of, each once.</summary>
    public IEnumerable<string> FieldNames => All.Values.SelectMany(r => r.Fields).Select(f => f.Name).Distinct();

    public IEnumerable<string> KindsWith(string field) => All.Where(k => k.Value.Find(field) is not null).Select(k => k.Key);
}

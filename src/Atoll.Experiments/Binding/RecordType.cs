using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Atoll.Experiments.Binding;

/// <summary>What the file may say about a record: its <c>init</c> properties, its own before the inherited ones: what sets it apart is read first.</summary>
internal sealed class RecordType
{
    private static readonly ConcurrentDictionary<Type, RecordType> Known = [];

    private RecordType(Type type)
    {
        Type = type;
        Fields = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && !p.IsDefined(typeof(JsonIgnoreAttribute)) && !p.IsDefined(typeof(NotInFileAttribute)))
            .OrderByDescending(p => Depth(p.DeclaringType!)).ThenBy(p => p.MetadataToken)
            .Select(p => new Field(p))];
        ShortForm = type.GetCustomAttribute<ShortFormAttribute>() is { } form
            ? [.. form.Properties.Select(name => Fields.Single(f => f.Property.Name == name))]
            : [];
        Exclusions = [.. type.GetCustomAttributes<ExclusiveAttribute>()
            .Select(e => new Alternatives(Fields.Single(f => f.Property.Name == e.First).Name, Fields.Single(f => f.Property.Name == e.Second).Name, Required: false))];
    }

    public Type Type { get; }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The fields that a single value sets; empty where the record has no such form.</summary>
    public IReadOnlyList<Field> ShortForm { get; }

    /// <summary>Fields that exclude each other here alone.</summary>
    public IReadOnlyList<Alternatives> Exclusions { get; }

    public static RecordType Of(Type type) => Known.GetOrAdd(type, t => new RecordType(t));

    public Field? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);

    /// <summary>A record with every default, and nothing where a value is required.</summary>
    public object Create() => Activator.CreateInstance(Type)
        ?? throw new NotSupportedException($"{Type} cannot be read from a file: it needs a constructor without parameters.");

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
